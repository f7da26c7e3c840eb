//! CommonMark as Markdown that is safe for rustdoc.

use super::{known, rendered};
use crate::plan::docs::{Docs, render};
use insta::assert_snapshot;

#[test]
fn an_empty_source_has_no_docs() {
    assert_eq!(render("", &known), Docs::default());
    assert_eq!(render(" \n\t\r\n ", &known), Docs::default());
}

#[test]
fn paragraphs_are_one_line_each() {
    assert_snapshot!(rendered("One\nline. \n\n\n\nTwo  \nthree\\\nfour."), @r"
    One line.

    Two\
    three\
    four.
    ");
}

#[test]
fn known_names_become_links_and_unknown_ones_code() {
    let source = "See [`CreateStage`], [`Composition`]: [`Composition::state`] and [`Nothing`]; not [this] or [`a` b].";
    assert_snapshot!(rendered(source), @r"See [`CreateStage`](crate::operation::create_stage::CreateStage), [`Composition`](crate::types::Composition): [`Composition::state`](crate::types::Composition) and `Nothing`; not \[this\] or \[`a` b\].");
}

#[test]
fn a_name_in_scope_has_a_short_link() {
    let in_scope = |name: &str| Some((name.to_owned(), name.to_owned()));
    let docs = render("[`Stage`] of [`Stage`](Stage), [`Stage`]: (x)", &in_scope);
    assert_snapshot!(docs.lines.text(), @"[`Stage`] of [`Stage`], [`Stage`][]: (x)");
}

#[test]
fn links_take_urls_names_and_definitions() {
    let source = "[a *b*](https://a.example/x \"title\"), [c](Composition), [d][`Composition`], [e][g], [g][], [g], \
                  [h](#i), <https://a.example>, <me@a.example>, ![j](https://a.example/k.png)\n\n\
                  [G]: <https://a.example/g>";
    assert_snapshot!(rendered(source), @"[a _b_](https://a.example/x), [c](crate::types::Composition), [d](crate::types::Composition), [e](https://a.example/g), [g](https://a.example/g), [g](https://a.example/g), h, <https://a.example>, <me@a.example>, j");
}

#[test]
fn emphasis_and_code_are_kept() {
    assert_snapshot!(rendered("*a* _b_ **c *d*** __e__ ***f*** `g_h` `` i`j `` snake_case 2 * 3 * 4 *k"), @r"_a_ _b_ **c _d_** **e** _**f**_ `g_h` ``i`j`` snake_case 2 * 3 * 4 \*k");
}

#[test]
fn escapes_and_character_references_mean_themselves() {
    assert_snapshot!(rendered("\\*a\\* \\[b\\] &lt;p&gt; &copy; &nope; C:\\dir \\\\"), @r"\*a\* \[b\] \<p> © \&nope; C:\\dir \\");
}

#[test]
fn what_is_no_markup_is_escaped() {
    assert_snapshot!(rendered("a < b, <your-bucket>, [x], ~y~, `open, **open, https://a.example/z."), @r"a \< b, \<your-bucket>, \[x\], \~y\~, \`open, \*\*open, <https://a.example/z>.");
}

#[test]
fn tags_in_code_do_not_make_it_html() {
    assert_snapshot!(rendered("Write `<p>` or ``<b>`` for *this*."), @"Write `<p>` or `<b>` for _this_.");
}

#[test]
fn headings_of_both_kinds() {
    assert_snapshot!(rendered("# Errors ##\ntext\n\nMore\n----\n### C#\n#no"), @r"
    # Errors

    text

    ## More

    ### C#

    #no
    ");
}

#[test]
fn lists_nest_and_wrap() {
    let source = "Of:\n- a\n  b\nc\n  - d\n\n    e\n* f\n\n7. g\n8. h\n1986. i";
    assert_snapshot!(rendered(source), @r"
    Of:

    - a b c
      - d

        e

    * f

    7. g
    8. h
    9. i
    ");
}

#[test]
fn quotations_and_rules() {
    assert_snapshot!(rendered("> a\nb\n>\n> - c\n\n***\nd"), @r"
    > a b
    >
    > - c

    ___

    d
    ");
}

#[test]
fn code_without_a_language_is_text() {
    let source =
        "```\nlet x = 1;\n```\n\n    indented\n\n~~~ignore\nz\n~~~\n\n```rust,no_run,odd\nf();\n```\n```json\n{}";
    assert_snapshot!(rendered(source), @r"
    ```text
    let x = 1;
    ```

    ```text
    indented
    ```

    ```text
    z
    ```

    ```rs
    f();
    ```

    ```json
    {}
    ```
    ");
}

#[test]
fn tables_are_aligned_to_their_header() {
    assert_snapshot!(rendered("| a | b |\n|---|:-:|\n| `c\\|d` | *e* |\n| f |\n\nafter"), @r"
    | a | b |
    | --- | --- |
    | `c\|d` | _e_ |
    | f |  |

    after
    ");
}

#[test]
fn html_that_is_no_tag_of_documentation_is_text() {
    assert_snapshot!(rendered("<your-bucket>\n\na <https://a.example/x> <x:y> <!-- b --> c"), @r"
    \<your-bucket>

    a <https://a.example/x> \<x:y> \<!-- b --> c
    ");
}

#[test]
fn character_references_bring_in_nothing_that_cannot_be_seen() {
    assert_snapshot!(rendered("a&#13;b&#x202E;c `&#x202E;` [d](https://a.example/&#x202E;e)\n\n~~~js&#x202E;\nf\n~~~"), @r"
    a b c `&#x202E;` [d](https://a.example/e)

    ```js
    f
    ```
    ");
}

#[test]
fn characters_that_rustc_rejects_are_left_out() {
    assert_snapshot!(rendered("a\rb\tc\u{202E}d\u{0}e\u{A0}f"), @"a b cde f");
}
