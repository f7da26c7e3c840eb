//! The chain of signatures (SigV4) over the events of a call.
//!
//! Each message is put into another one, whose headers have the time and a signature. The signature covers the time, the
//! message within and the signature before it, the first of which is that of the request. The message with nothing in it
//! ends the chain.

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fmt::{self, Write};
use std::time::{SystemTime, UNIX_EPOCH};

use super::encode::encode_header;
use crate::BoxError;

/// Signs the messages of one call, in their order.
pub(crate) struct Chain {
    credentials: Credentials,
    region: String,
    service: String,
    /// The signature before the next one, in hexadecimal digits.
    signature: String,
    time: SharedTimeSource,
    /// How many seconds the clock of the service is ahead, as far as the request knew.
    ahead: i64,
}

/// Without the secret.
impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chain").field("region", &self.region).field("service", &self.service).finish_non_exhaustive()
    }
}

impl Chain {
    /// The chain that begins with the signature of a request; `None` for one that is not signed by this algorithm in a
    /// header.
    pub(crate) fn of(request: &HttpRequest, credentials: &Credentials, time: SharedTimeSource) -> Option<Self> {
        let headers = request.headers();
        let authorization = headers.get("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let part = |name: &str| {
            let mut parts = authorization.split(',').map(str::trim);
            parts.find_map(|part| part.strip_prefix(name)?.strip_prefix('='))
        };
        // Behind the id of the credentials, which may have slashes itself: date, region, service, `aws4_request`.
        let mut scope = part("Credential")?.rsplit('/').skip(1);
        let (service, region) = (scope.next()?, scope.next()?);
        let signed_at = headers.get("x-amz-date").and_then(seconds)?;
        let ahead = signed_at - whole_seconds(time.now());
        Some(Self {
            credentials: credentials.clone(),
            region: region.to_owned(),
            service: service.to_owned(),
            signature: part("Signature")?.to_owned(),
            time,
            ahead,
        })
    }

    /// The message that carries bytes of another one, or nothing, and continues the chain.
    ///
    /// # Errors
    /// When the clock is out of the range of dates.
    pub(crate) fn sign(&mut self, payload: Bytes) -> Result<Message, BoxError> {
        let now = DateTime::from_secs(whole_seconds(self.time.now()).saturating_add(self.ahead));
        let date = Header::new(":date", HeaderValue::Timestamp(now));
        let mut encoded = Vec::new();
        encode_header(&date, &mut encoded)?;
        let time = now.fmt(Format::DateTime)?.replace(['-', ':'], "");
        let day = time.split_once('T').map_or(&*time, |(day, _)| day);
        let to_sign = format!(
            "AWS4-HMAC-SHA256-PAYLOAD\n{time}\n{day}/{}/{}/aws4_request\n{}\n{}\n{}",
            self.region,
            self.service,
            self.signature,
            digest(&encoded),
            digest(&payload),
        );
        let secret = self.credentials.secret_access_key();
        let key = generate_signing_key(secret, SystemTime::try_from(now)?, &self.region, &self.service);
        self.signature = calculate_signature(key, to_sign.as_bytes());
        let signature = Header::new(":chunk-signature", HeaderValue::ByteArray(bytes_of(&self.signature)?));
        Ok(Message::new_from_parts(vec![date, signature], payload))
    }
}

/// Seconds since 1970, rounded down.
fn whole_seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(i64::MAX)
}

/// The seconds since 1970 of a time as SigV4 writes it: `20261117T083000Z`.
fn seconds(text: &str) -> Option<i64> {
    let part = |from: usize, to: usize| text.get(from..to);
    let (date, time) = ([part(0, 4)?, part(4, 6)?, part(6, 8)?], [part(9, 11)?, part(11, 13)?, part(13, 15)?]);
    let text = format!("{}T{}Z", date.join("-"), time.join(":"));
    DateTime::from_str(&text, Format::DateTime).ok().map(|time| time.secs())
}

/// SHA-256 in hexadecimal digits.
fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Nothing that is written to a text fails.
        _ = write!(text, "{byte:02x}");
        text
    })
}

/// The bytes of hexadecimal digits.
fn bytes_of(digits: &str) -> Result<Bytes, BoxError> {
    let pairs = (0..digits.len()).step_by(2).map(|at| digits.get(at..at + 2).unwrap_or_default());
    Ok(pairs.map(|pair| u8::from_str_radix(pair, 16)).collect::<Result<Vec<u8>, _>>()?.into())
}
