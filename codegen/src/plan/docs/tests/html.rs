//! Upstream's HTML as Markdown.

use super::rendered;
use insta::assert_snapshot;

#[test]
fn paragraphs_lose_their_indentation() {
    let source = "<p>One   line\n         and more.</p>\n         <p/><p>Two &amp; <span>three</span>.";
    assert_snapshot!(rendered(source), @r"
    One line and more.

    Two & three.
    ");
}

#[test]
fn emphasis_and_code_keep_blanks_outside() {
    let source = "<p><b>Note: </b>the<i> name</i>, <code>\n  <b>Accept:</b>\n </code>json, <code>a </code>.</p>";
    assert_snapshot!(rendered(source), @"**Note:** the _name_, `Accept:` json, `a`.");
}

#[test]
fn docbook_is_read_where_upstream_uses_it() {
    let source = "<p>See <link  linkend=\"apps-id-events\">Events</link>, <link linkend=\"CreateStage\">CreateStage</link> \
                  and <ulink url=\"https://example.com/a\">the guide</ulink>, an <emphasis>old</emphasis> one. \
                  ARN: arn:aws:kinesis:<replaceable>region</replaceable>:stream/<replaceable>stream_name</replaceable> in \
                  <filename>/dev/sda1</filename><replaceable></replaceable>.</p>";
    assert_snapshot!(rendered(source), @"See Events, [CreateStage](crate::operation::create_stage::CreateStage) and [the guide](https://example.com/a), an _old_ one. ARN: arn:aws:kinesis:_region_:stream/_stream_name_ in `/dev/sda1`.");
}

#[test]
fn emphasis_that_markdown_would_not_see_gets_room() {
    assert_snapshot!(rendered("<p><b>Note:</b>text, so<i>me</i>thing, x<b>(y)</b>, <b>a</b><b>b</b><i>c</i></p>"), @"**Note:** text, so*me*thing, x **(y)**, **ab** _c_");
}

#[test]
fn code_holds_backticks_and_tags() {
    assert_snapshot!(rendered("<p><code>!#[\\]^_`{|}~</code> and <code>&lt;p&gt;</code>; <code></code></p>"), @r"``!#[\]^_`{|}~`` and `<p>`;");
}

#[test]
fn lists_nest() {
    let source = "<p>One of:</p><ul><li><p>A</p><ol><li>B</li><li>C <ul><li>D</li></ul></li></ol></li>\
                  <li><p>E</p></li></ul>";
    assert_snapshot!(rendered(source), @r"
    One of:

    - A
      1. B
      2. C
         - D
    - E
    ");
}

#[test]
fn a_numbered_list_starts_where_it_says() {
    let source = "<ul><li>A<ol start=\"9\"><li>B</li><li>C</li></ol></li></ul><ol start=\"9999999999\"><li>D</li></ol>";
    assert_snapshot!(rendered(source), @r"
    - A

      9. B
      10. C

    1) D
    ");
}

#[test]
fn items_of_several_paragraphs_stand_apart() {
    let source = "<ul><li><p>A</p><p>B</p></li><li>C<pre>x\n  y</pre></li></ul>";
    assert_snapshot!(rendered(source), @r"
    - A

      B

    - C

      ```text
      x
        y
      ```
    ");
}

#[test]
fn two_lists_in_a_row_stay_two() {
    assert_snapshot!(rendered("<ul><li>A</li></ul><ul><li>B</li></ul>"), @r"
    - A

    * B
    ");
}

#[test]
fn a_list_of_terms_has_them_in_bold() {
    let source = "<dl><dt>ACTIVE</dt><dd><p>In use.</p></dd><dt>A</dt><dt>B</dt><dd>Both.</dd><dt>C</dt></dl>";
    assert_snapshot!(rendered(source), @r"
    - **ACTIVE**: In use.
    - **A**, **B**: Both.
    - **C**
    ");
}

#[test]
fn asides_are_quoted_with_their_label() {
    let source = "<p>A.</p><note><p>B.</p><ul><li><p>C</p></li></ul></note><important>D.</important>";
    assert_snapshot!(rendered(source), @r"
    A.

    > **Note:** B.
    >
    > - C

    > **Important:** D.
    ");
}

#[test]
fn headings_start_at_the_first_level() {
    assert_snapshot!(rendered("<h2>Overview</h2>Text.<h4>More #</h4>Text."), @r"
    # Overview

    Text.

    ### More \#

    Text.
    ");
    assert_snapshot!(rendered("<fullname>Amazon Example</fullname>\n<p>Text.</p>"), @r"
    # Amazon Example

    Text.
    ");
}

#[test]
fn preformatted_text_is_no_doctest() {
    assert_snapshot!(rendered("<pre><code>let x = &lt;y&gt;;\n  ``` <b>z</b></code></pre>"), @r"
    ````text
    let x = <y>;
      ``` z
    ````
    ");
}

#[test]
fn tables_fill_their_rows() {
    let source = "<table><thead><tr><th>Name</th><th>Means</th></tr></thead>\
                  <tr><td><code>a|b</code></td><td>A <br/>or B</td></tr><tr><td>c</td></tr></table>";
    assert_snapshot!(rendered(source), @r"
    | Name | Means |
    | --- | --- |
    | `a\|b` | A or B |
    | c |  |
    ");
}

#[test]
fn breaks_and_rules_stay() {
    assert_snapshot!(rendered("<p>One<br>two<br/><br/>- three<br/></p><hr/>Four"), @r"
    One\
    two\
    \- three

    ___

    Four
    ");
}

#[test]
fn names_link_to_their_items() {
    let source = "<p>See <a>CreateStage</a>, <a>Composition$state</a>, <a>DeleteStage</a> and <a>the guide</a>; \
                  <code><a>Composition</a></code>.</p>";
    assert_snapshot!(rendered(source), @"See [`CreateStage`](crate::operation::create_stage::CreateStage), [`Composition$state`](crate::types::Composition), `DeleteStage` and the guide; [`Composition`](crate::types::Composition).");
}

#[test]
fn pages_of_the_api_reference_link_to_their_items() {
    let source = "<a href=\"https://a.example/API_CreateStage.html\">\n <code>CreateStage</code>\n </a>, \
                  <a href='https://a.example/API_Composition.html#x'>a mix</a>, \
                  <a href=https://a.example/API_Other.html>Other</a>";
    assert_snapshot!(rendered(source), @"[`CreateStage`](crate::operation::create_stage::CreateStage), [a mix](crate::types::Composition), [Other](https://a.example/API_Other.html)");
}

#[test]
fn other_links_keep_their_target_if_it_means_anything() {
    let source = "<p><a href=\"https://a.example/x_(y)\">A [guide]</a>, <a href=\"/ivs/x.html\"> rooted</a>, \
                  <a href=\"#part\">part</a>, <a href=\"mailto:me@a.example\">me@a.example</a>, \
                  <a href=\"https://a.example/\">https://a.example/</a></p>";
    assert_snapshot!(rendered(source), @r"[A \[guide\]](https://a.example/x_%28y%29), [rooted](https://docs.aws.amazon.com/ivs/x.html), part, <me@a.example>, <https://a.example/>");
}

#[test]
fn bare_urls_become_links() {
    assert_snapshot!(rendered("<p>At https://a.example/x. Or https://{id}.a.example/.</p>"), @"At <https://a.example/x>. Or `https://{id}.a.example/`.");
}

#[test]
fn what_looks_like_markdown_is_escaped() {
    let source = "<p># *a* _b_ c_d [e](f) g* h ~i~ &amp;lt; \\. !<a href=\"https://a.example\">j</a></p>\
                  <p>- k</p><p>1. l</p><p>+</p><p>> m</p><p>=== n</p><p>[Deprecated] o</p>";
    assert_snapshot!(rendered(source), @r"
    \# \*a\* \_b\_ c_d \[e\](f) g\* h \~i\~ \&lt; \\. \![j](https://a.example)

    \- k

    1\. l

    \+

    \> m

    \=== n

    \[Deprecated\] o
    ");
}

#[test]
fn placeholders_in_angle_brackets_are_text() {
    assert_snapshot!(rendered("<p>Use <your-bucket> where a < b, not </x>.</p>"), @r"Use \<your-bucket> where a \< b, not \</x>.");
}

#[test]
fn tags_left_open_or_closed_twice_do_no_harm() {
    let source = "<p>A <b>bold<p>B</b></p></p><ul><li>C<li>D</p></ul></ul></i>E<code>f";
    assert_snapshot!(rendered(source), @r"
    A **bold**

    B

    - C
    - D

    E`f`
    ");
}

#[test]
fn stray_parts_of_lists_and_tables_are_kept() {
    let source = "<li>A</li><dd>B</dd><ul>C<li>D</li><ul><li>E</li></ul></ul><td>F</td>";
    assert_snapshot!(rendered(source), @r"
    - A

    B

    - C
    - D
      - E

    F
    ");
}

#[test]
fn comments_and_empty_elements_leave_nothing() {
    assert_snapshot!(rendered("<p><!-- a --> </p><ul><li></li></ul><note/><b> </b><a href=\"https://a.example\"></a>"), @"");
}
