//! Cases of the specification and of the official clients for each rule-set function.

use crate::endpoint::functions::*;
use proptest::prelude::*;

#[test]
fn host_labels_are_letters_digits_and_hyphens() {
    for label in ["us-east-1", "3aws4", "a", "A-", "a--b"] {
        assert!(is_valid_host_label(label, false), "{label}");
    }
    for label in ["", "-a", "a_b", "part1 part2", "caf\u{e9}", "a.b", "."] {
        assert!(!is_valid_host_label(label, false), "{label}");
    }
}

#[test]
fn host_labels_may_be_joined_by_dots_where_allowed() {
    assert!(is_valid_host_label("part1.part2", true));
    for label in ["", ".", "part1.", ".part1", "part1..part2", "part1.-part2", "a.caf\u{e9}"] {
        assert!(!is_valid_host_label(label, true), "{label}");
    }
}

#[test]
fn host_labels_have_at_most_63_characters_each() {
    let longest = "a".repeat(63);
    assert!(is_valid_host_label(&longest, false));
    assert!(is_valid_host_label(&format!("{longest}.{longest}"), true));
    assert!(!is_valid_host_label(&format!("{longest}a"), true));
}

#[test]
fn bucket_names_that_can_be_hosts() {
    for bucket in ["a--b--x-s3", "abc", "0a9"] {
        assert!(is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
    }
    for bucket in ["ab", "Abc", "abc-", "-abc", "a_c", "abc.def", ""] {
        assert!(!is_virtual_hostable_s3_bucket(bucket, false), "{bucket}");
    }
    assert!(!is_virtual_hostable_s3_bucket(&"a".repeat(64), false));
}

#[test]
fn bucket_names_may_hold_dots_where_allowed() {
    assert!(is_virtual_hostable_s3_bucket("abc.def", true));
    for bucket in ["a-.b-.c", "abc.-def", "abc-.def", "abc..def", "192.168.100.200"] {
        assert!(!is_virtual_hostable_s3_bucket(bucket, true), "{bucket}");
    }
}

fn parts(url: &str) -> Option<(&str, &str, &str, String, bool)> {
    let url = parse_url(url)?;
    Some((url.scheme, url.authority, url.path, url.normalized_path().to_owned(), url.is_ip))
}

#[test]
fn urls_are_taken_apart() {
    let cases = [
        ("https://example.com", ("https", "example.com", "", "/", false)),
        ("https://example.com/", ("https", "example.com", "/", "/", false)),
        ("http://example.com:80/foo/bar", ("http", "example.com:80", "/foo/bar", "/foo/bar/", false)),
        ("https://authority.com:8000/port", ("https", "authority.com:8000", "/port", "/port/", false)),
        ("http://192.168.1.1:1234/foo/", ("http", "192.168.1.1:1234", "/foo/", "/foo/", true)),
        ("https://127.0.0.1", ("https", "127.0.0.1", "", "/", true)),
        ("https://[fe80::1]", ("https", "[fe80::1]", "", "/", true)),
        ("https://[2001:db8::7348]:443", ("https", "[2001:db8::7348]:443", "", "/", true)),
        ("HTTPS://example.com", ("https", "example.com", "", "/", false)),
    ];
    for (url, (scheme, authority, path, normalized, is_ip)) in cases {
        assert_eq!(parts(url), Some((scheme, authority, path, normalized.to_owned(), is_ip)), "{url}");
    }
}

#[test]
fn url_hosts_need_not_be_valid_labels() {
    for host in ["99_ab.com", "99_ab-.com", "999.999.abc.blah"] {
        let url = format!("http://{host}");
        assert_eq!(parse_url(&url).map(|url| (url.authority, url.is_ip)), Some((host, false)));
    }
}

#[test]
fn urls_that_no_endpoint_can_have_are_refused() {
    let refused = [
        "",
        "example.com",
        "https://",
        "https:///path",
        "https://:443",
        "acbd://example.com",
        "wss://localhost:8443/path",
        "http://abc.com:a/foo",
        "http://abc.com:65536",
        "http://abc.com:+80",
        "https://example.com:8443?foo=bar&faz=baz",
        "https://example.com/path?query1=foo",
        "https://example.com?",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://[fe80::1",
        "https://[fe80]",
        "https://b\u{fc}cher.example",
    ];
    for url in refused {
        assert_eq!(parse_url(url), None, "{url}");
    }
}

#[test]
fn urls_lose_user_and_fragment() {
    let url = parse_url("https://user:secret@example.com/path#part?x").expect("a valid URL");
    assert_eq!((url.authority, url.path), ("example.com", "/path"));
}

#[test]
fn substrings_count_from_either_end() {
    assert_eq!(substring("abcdefg", 0, 4, false), Some("abcd"));
    assert_eq!(substring("abcd", 0, 4, false), Some("abcd"));
    assert_eq!(substring("abcdefg", 0, 4, true), Some("defg"));
    assert_eq!(substring("defg", 1, 3, false), Some("ef"));
    assert_eq!(substring("abcdefg", 1, 3, true), Some("ef"));
    assert_eq!(substring("\u{7f}abcdef", 0, 4, false), Some("\u{7f}abc"));
}

#[test]
fn substrings_that_do_not_fit_are_none() {
    assert_eq!(substring("abc", 0, 4, false), None);
    assert_eq!(substring("", 0, 4, true), None);
    assert_eq!(substring("hello", 0, 0, false), None);
    assert_eq!(substring("hello", 3, 1, true), None);
    assert_eq!(substring("a\u{1f431}bcdef", 0, 1, false), None);
}

#[test]
fn all_but_unreserved_characters_are_percent_encoded() {
    assert_eq!(uri_encode("aZ09-_.~"), "aZ09-_.~");
    assert_eq!(
        uri_encode("/:,?#[]{}|@! $&'()*+;=%<>\"^`\\"),
        "%2F%3A%2C%3F%23%5B%5D%7B%7D%7C%40%21%20%24%26%27%28%29%2A%2B%3B%3D%25%3C%3E%22%5E%60%5C"
    );
    assert_eq!(uri_encode("\u{e9}\n"), "%C3%A9%0A");
}

fn arn<'a>(head: [&'a str; 4], resource_id: &[&'a str]) -> Option<Arn<'a>> {
    let [partition, service, region, account_id] = head;
    Some(Arn { partition, service, region, account_id, resource_id: resource_id.to_vec() })
}

#[test]
fn arns_are_taken_apart() {
    assert_eq!(
        parse_arn("arn:aws:sns:us-west-2:012345678910:example-sns-topic-name"),
        arn(["aws", "sns", "us-west-2", "012345678910"], &["example-sns-topic-name"])
    );
    assert_eq!(
        parse_arn("arn:aws:ec2:us-east-1:012345678910:vpc/vpc-0e9801d129EXAMPLE"),
        arn(["aws", "ec2", "us-east-1", "012345678910"], &["vpc", "vpc-0e9801d129EXAMPLE"])
    );
    assert_eq!(
        parse_arn("arn:aws:s3:us-east-2:012345678:outpost:op-1234/x"),
        arn(["aws", "s3", "us-east-2", "012345678"], &["outpost", "op-1234", "x"])
    );
    assert_eq!(
        parse_arn("arn:aws:iam::012345678910:user/johndoe"),
        arn(["aws", "iam", "", "012345678910"], &["user", "johndoe"])
    );
    assert_eq!(parse_arn("arn:aws:s3:::bucket_name"), arn(["aws", "s3", "", ""], &["bucket_name"]));
}

#[test]
fn arns_with_missing_parts_are_refused() {
    let refused = [
        "",
        "11111111-2222-3333-4444-555555555555",
        "arn:aws:s3:us-east-2:012345678",
        "arn:aws:s3:us-east-2:012345678:",
        "arn::s3:::bucket",
        "arn:aws::::bucket",
        "nra:aws:s3:::bucket",
    ];
    for text in refused {
        assert_eq!(parse_arn(text), None, "{text}");
    }
}

#[test]
fn texts_are_split_at_a_delimiter() {
    let cases: [(&str, usize, &[&str]); 12] = [
        ("a--b--c", 0, &["a", "b", "c"]),
        ("--x-s3--azid--suffix", 0, &["", "x-s3", "azid", "suffix"]),
        ("a--b--c", 2, &["a", "b--c"]),
        ("--x-s3--azid--suffix", 2, &["", "x-s3--azid--suffix"]),
        ("a--b--c", 1, &["a--b--c"]),
        ("a--b", 9, &["a", "b"]),
        ("", 0, &[""]),
        ("--", 0, &["", ""]),
        ("----", 0, &["", "", ""]),
        ("--b--", 0, &["", "b", ""]),
        ("-----", 0, &["", "", "-"]),
        ("no-delimiter", 0, &["no-delimiter"]),
    ];
    for (text, limit, expected) in cases {
        assert_eq!(split(text, "--", limit), expected, "{text} {limit}");
    }
    assert_eq!(split("abc", "", 0), ["abc"]);
}

proptest! {
    #[test]
    fn substrings_are_as_long_as_asked(text in "\\PC{0,12}", start in 0..14_usize, stop in 0..14_usize, reverse: bool) {
        let fits = text.is_ascii() && start < stop && stop <= text.len();
        let found = substring(&text, start, stop, reverse);
        prop_assert_eq!(found.map(str::len), fits.then(|| stop.saturating_sub(start)));
    }

    #[test]
    fn parsed_urls_put_together_parse_alike(text in "https?://[a-z0-9.:@\\[\\]%-]{0,12}(/[ -~]{0,8})?") {
        if let Some(url) = parse_url(&text) {
            prop_assert!(url.normalized_path().starts_with('/') && url.normalized_path().ends_with('/'));
            let again = format!("{}://{}{}", url.scheme, url.authority, url.path);
            prop_assert_eq!(parse_url(&again), Some(url.clone()));
        }
    }
}
