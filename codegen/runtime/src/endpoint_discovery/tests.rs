use super::told;

struct Told {
    endpoints: Option<Vec<One>>,
}

struct One {
    address: Option<String>,
    minutes: Option<i64>,
}

crate::shape! {
    all_optional Told {
        0 endpoints: "Endpoints",
    }
}

crate::shape! {
    all_optional One {
        0 address: "Address",
        1 minutes: "CachePeriodInMinutes",
    }
}

fn one(address: &str, minutes: i64) -> Told {
    Told { endpoints: Some(vec![One { address: Some(address.to_owned()), minutes: Some(minutes) }]) }
}

#[test]
fn an_address_without_a_scheme_is_one_of_https() {
    let read = |told_by: &Told| told(told_by).map(|(endpoint, good)| (endpoint.url().to_owned(), good.as_secs()));
    assert_eq!(
        read(&one("ingest-cell1.timestream", 2)).expect("an endpoint"),
        ("https://ingest-cell1.timestream".to_owned(), 120)
    );
    assert_eq!(read(&one("http://localhost:1", -3)).expect("an endpoint"), ("http://localhost:1".to_owned(), 0));
    let nothing = Told { endpoints: Some(vec![One { address: None, minutes: Some(1) }]) };
    for none in [Told { endpoints: None }, Told { endpoints: Some(Vec::new()) }, one("", 1), nothing] {
        assert_eq!(read(&none).expect_err("nothing is told").to_string(), "the service has told no endpoint");
    }
}
