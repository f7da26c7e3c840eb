//! Signatures: who may call, and with which clock.

use super::clock::Instant;
use super::failure::{Failure, Kind};
use super::settings::Settings;
use crate::request::Request;
use crate::sigv4::{Expected, verify};

/// The signing name of the service.
const SIGNING_NAME: &str = "ivs";

/// Seconds by which the clock of a caller may be off.
const TOLERANCE: i64 = 300;

/// Refuses a request that is not signed, or not well.
///
/// # Errors
/// `MissingAuthenticationTokenException` without a signature, else `InvalidSignatureException` with what is wrong.
pub(super) fn check(request: &Request, settings: &Settings, now: Instant) -> Result<(), Failure> {
    let Some(header) = request.header("authorization") else {
        return Err(Failure::new(Kind::MissingToken, "the request is not signed"));
    };
    let invalid = |message: String| Failure::new(Kind::InvalidSignature, message);
    let credential = header.split("Credential=").nth(1).and_then(|rest| rest.split('/').next()).unwrap_or_default();
    let Some((access_key, secret_key)) = settings.credentials.get_key_value(credential) else {
        return Err(invalid(format!("there is no access key {credential:?}")));
    };
    let expected = Expected {
        access_key,
        secret_key,
        session_token: request.header("x-amz-security-token"),
        region: &settings.region,
        service: SIGNING_NAME,
    };
    verify(request, &expected).map_err(invalid)?;
    let signed = request.header("x-amz-date").and_then(seconds_of).unwrap_or_default();
    let skew = now.seconds() - signed;
    match skew.abs() <= TOLERANCE {
        true => Ok(()),
        false => Err(invalid(format!(
            "Signature expired: the request was signed {skew} seconds before the time of the server"
        ))),
    }
}

/// The seconds since the epoch of a date like `20150830T123600Z`.
fn seconds_of(date: &str) -> Option<i64> {
    let digits = |range: std::ops::Range<usize>| date.get(range);
    let text = format!(
        "{}-{}-{}T{}:{}:{}Z",
        digits(0..4)?,
        digits(4..6)?,
        digits(6..8)?,
        digits(9..11)?,
        digits(11..13)?,
        digits(13..15)?
    );
    let format = ivs_realtime::primitives::DateTimeFormat::DateTime;
    Some(ivs_realtime::primitives::DateTime::from_str(&text, format).ok()?.secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_signatures_are_seconds() {
        assert_eq!(seconds_of("20150830T123600Z"), Some(1_440_938_160));
        assert_eq!(seconds_of("2015-08-30"), None);
    }

    #[test]
    fn what_is_not_signed_or_by_a_stranger_is_refused() {
        let request = |headers: &str| Request::parse_head(&format!("POST / HTTP/1.1{headers}")).expect("a head");
        let kind =
            |headers: &str| check(&request(headers), &Settings::default(), Instant(0)).map_err(|found| found.kind);
        assert_eq!(kind(""), Err(Kind::MissingToken));
        assert_eq!(
            kind("\nAuthorization: AWS4-HMAC-SHA256 Credential=X/1/r/ivs/aws4_request"),
            Err(Kind::InvalidSignature)
        );
    }
}
