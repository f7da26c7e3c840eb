use serde_json::Value;

use super::{Bar, Findings, Row, Unit, median};

fn row(official: Option<f64>, ours: Option<f64>) -> Row {
    Row::new("work", Unit::Seconds, official, ours)
}

#[test]
fn a_bar_of_times_asks_how_often_ours_fits_into_the_official_number() {
    let bar = Bar::Times(5.0);
    assert_eq!(row(Some(10.0), Some(2.0)).meets(bar), Some(true));
    assert_eq!(row(Some(10.0), Some(2.1)).meets(bar), Some(false));
}

#[test]
fn a_bar_of_share_asks_for_the_inverse() {
    let bar = Bar::Share(0.5);
    assert_eq!(row(Some(10.0), Some(5.0)).meets(bar), Some(true));
    assert_eq!(row(Some(10.0), Some(5.1)).meets(bar), Some(false));
}

#[test]
fn a_limit_and_serde_do_not_ask_for_the_official_number() {
    assert_eq!(row(None, Some(0.3)).meets(Bar::Limit(0.3)), Some(true));
    assert_eq!(row(None, Some(3.0)).serde(Some(2.0)).meets(Bar::Serde), Some(false));
}

#[test]
fn a_bar_is_open_where_a_number_is_missing_or_nothing_can_be_divided_by_it() {
    for bar in [Bar::Times(1.0), Bar::Share(1.0), Bar::Serde] {
        assert_eq!(row(None, Some(1.0)).meets(bar), None);
    }
    assert_eq!(row(Some(1.0), None).meets(Bar::Limit(1.0)), None);
    assert_eq!(row(Some(1.0), Some(0.0)).meets(Bar::Times(1.0)), None);
    assert_eq!(row(Some(0.0), Some(1.0)).meets(Bar::Share(1.0)), None);
}

#[test]
fn the_median_is_the_middle_or_between_the_two_middles() {
    assert_eq!(median(Vec::new()), None);
    assert_eq!(median(vec![9.0, 1.0, 2.0]), Some(2.0));
    assert_eq!(median(vec![4.0, 1.0, 2.0, 9.0]), Some(3.0));
}

#[test]
fn numbers_are_shown_in_the_unit_that_people_read() {
    let shown = [
        Unit::Count.show(1_234_567.0),
        Unit::Count.show(-1_000.0),
        Unit::Bytes.show(5_720_000.0),
        Unit::Bytes.show(573_400.0),
        Unit::Seconds.show(12.345),
        Unit::Seconds.show(0.0123),
        Unit::Seconds.show(0.000_012_3),
        Unit::Instructions.show(601_499.0),
    ];
    assert_eq!(shown, ["1,234,567", "-1,000", "5.72 MB", "573 kB", "12.35 s", "12.3 ms", "12.3 us", "601k"]);
}

fn findings() -> Findings {
    Findings {
        conditions: "official: x 1.0".to_owned(),
        rows: vec![
            row(Some(10.0), Some(4.0)).bar(Bar::Times(5.0)),
            row(Some(10.0), Some(4.0)).serde(Some(3.0)).bar(Bar::Share(0.5)).bar(Bar::Serde),
        ],
        skipped: vec!["call, as there is no valgrind".to_owned()],
        failed: vec!["doc: it broke".to_owned()],
    }
}

#[test]
fn a_table_for_people_says_which_bars_are_met_and_what_is_missing() {
    insta::assert_snapshot!(findings().text(), @r"
    official: x 1.0

    measure  official    ours   serde  ratio  bar                met
    work      10.00 s  4.00 s          2.50x  >= 5x              no
    work      10.00 s  4.00 s  3.00 s   0.40  <= 0.50, <= serde  yes, no

    skipped: call, as there is no valgrind
    failed: doc: it broke
    ");
}

#[test]
fn a_table_for_a_readme_has_the_same_cells() {
    insta::assert_snapshot!(findings().markdown(), @r"
    | measure | official | ours | serde | ratio | bar | met |
    | --- | ---: | ---: | ---: | ---: | --- | --- |
    | work | 10.00 s | 4.00 s |  | 2.50x | >= 5x | no |
    | work | 10.00 s | 4.00 s | 3.00 s | 0.40 | <= 0.50, <= serde | yes, no |

    official: x 1.0

    - skipped: call, as there is no valgrind

    - failed: doc: it broke
    ");
}

#[test]
fn a_program_reads_numbers_and_verdicts() {
    let value: Value = serde_json::from_str(&findings().machine()).expect("it is JSON");
    assert_eq!(value["rows"][0]["official_over_ours"], 2.5);
    assert_eq!(value["rows"][0]["bars"][0]["met"], false);
    assert_eq!(value["rows"][1]["serde"], 3.0);
    assert_eq!(value["failed"][0], "doc: it broke");
}
