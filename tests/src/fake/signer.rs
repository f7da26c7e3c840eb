//! Keys: tokens of participants are signed and verified here, and page tokens sealed.
//!
//! A participant token is a JSON Web Token, signed with ES384 as the service asks of tokens that an application signs
//! itself (RFC 7518, section 3.4). The header names the key: the ARN of an imported public key, or [`BUILT_IN`].

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use p384::ecdsa::signature::{Signer as _, Verifier as _};
use p384::ecdsa::{Signature, SigningKey, VerifyingKey};
use p384::elliptic_curve::Generate;
use p384::pkcs8::DecodePublicKey;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::clock::Instant;
use super::store::{Change, Store};

/// The table of the state file that has the key.
pub(super) const ROW: &str = "signer";

/// The `kid` of tokens that the server signs itself.
pub(super) const BUILT_IN: &str = "fake-ivs-realtime";

/// The key pair of the server, and a secret for page tokens.
pub(super) struct Signer {
    key: SigningKey,
    sealing: Vec<u8>,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").finish_non_exhaustive()
    }
}

/// What a participant token says. Field names are those of the token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claims {
    /// When it ends, in seconds since the epoch.
    pub exp: i64,
    /// When it was made.
    pub iat: i64,
    /// Id of the participant.
    pub jti: String,
    /// ARN of the stage.
    pub resource: String,
    /// Id of the stage, the last part of its ARN.
    pub topic: String,
    /// Where events of the stage are to be had.
    #[serde(default)]
    pub events_url: String,
    /// Where a publisher of WHIP connects.
    #[serde(default)]
    pub whip_url: String,
    /// The application's own id of the user.
    #[serde(default)]
    pub user_id: String,
    /// What describes the participant to others.
    #[serde(default)]
    pub attributes: BTreeMap<String, String>,
    /// What the participant may do.
    #[serde(default)]
    pub capabilities: Capabilities,
    /// Version of the format.
    #[serde(default)]
    pub version: String,
}

/// What a token allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Capabilities {
    /// To publish.
    #[serde(default)]
    pub allow_publish: bool,
    /// To subscribe.
    #[serde(default)]
    pub allow_subscribe: bool,
}

impl Signer {
    /// A new key pair.
    pub(super) fn generate() -> Self {
        Self::of(SigningKey::generate())
    }

    fn of(key: SigningKey) -> Self {
        let sealing = Sha256::digest(key.to_bytes()).to_vec();
        Self { key, sealing }
    }

    /// The key pair of a state file; a new one, which is put there, where it has none.
    ///
    /// # Errors
    /// When the file cannot be read or written, or its key is none.
    pub(super) fn of_store(store: &Store) -> Result<Self, String> {
        let path = format!("{ROW}/key");
        let rows = store.rows().map_err(|error| error.to_string())?;
        if let Some((_, bytes)) = rows.iter().find(|(key, _)| *key == path) {
            return match SigningKey::from_slice(bytes) {
                Ok(key) => Ok(Self::of(key)),
                Err(_) => Err("the state has a signing key that is none".to_owned()),
            };
        }
        let signer = Self::generate();
        let change: Change = (path, Some(signer.key.to_bytes().to_vec()));
        store.commit(&[change]).map_err(|error| error.to_string())?;
        Ok(signer)
    }

    /// Signs a token.
    pub(super) fn sign(&self, claims: &Claims) -> String {
        let header = json!({"alg": "ES384", "typ": "JWT", "kid": BUILT_IN});
        let claims = json!(claims);
        let signed = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature: Signature = self.key.sign(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()))
    }

    /// What a token says, if it is signed by the server's key or by an imported one and has not ended.
    ///
    /// `imported` gives the PEM text of the public key with an ARN.
    ///
    /// # Errors
    /// A sentence on what is wrong with it, without its text.
    pub(super) fn verify<'k>(
        &self,
        token: &str,
        now: Instant,
        imported: impl FnOnce(&str) -> Option<&'k str>,
    ) -> Result<Claims, String> {
        let parts: Vec<&str> = token.split('.').collect();
        let [header, payload, signature] = parts[..] else {
            return Err("the token has not the three parts of a JSON Web Token".to_owned());
        };
        let decoded = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| "the token is not base64".to_owned());
        let head: Value = serde_json::from_slice(&decoded(header)?).map_err(|_| "the token has no header")?;
        if head["alg"] != "ES384" {
            return Err("the token is not signed with ES384".to_owned());
        }
        let kid = head["kid"].as_str().unwrap_or_default();
        let key = match kid {
            BUILT_IN => *self.key.verifying_key(),
            _ => public_key(imported(kid).ok_or_else(|| format!("no public key {kid:?} was imported"))?)?,
        };
        let signature = Signature::from_slice(&decoded(signature)?).map_err(|_| "the token has no signature")?;
        key.verify(format!("{header}.{payload}").as_bytes(), &signature)
            .map_err(|_| "the signature of the token is wrong")?;
        let claims: Claims = serde_json::from_slice(&decoded(payload)?)
            .map_err(|error| format!("the token does not say what a participant token says: {error}"))?;
        if claims.exp <= now.seconds() {
            return Err("the token has ended".to_owned());
        }
        Ok(claims)
    }

    /// Seals a text into an opaque page token that nobody else can make.
    pub(super) fn seal(&self, text: &str) -> String {
        let mut sealed = self.tag(text);
        sealed.extend_from_slice(text.as_bytes());
        URL_SAFE_NO_PAD.encode(sealed)
    }

    /// The text of a page token; `None` where it was not sealed here.
    pub(super) fn unseal(&self, token: &str) -> Option<String> {
        let sealed = URL_SAFE_NO_PAD.decode(token).ok()?;
        let (tag, text) = sealed.split_at_checked(TAG_LENGTH)?;
        let text = std::str::from_utf8(text).ok()?;
        (self.tag(text) == tag).then(|| text.to_owned())
    }

    fn tag(&self, text: &str) -> Vec<u8> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.sealing).expect("HMAC takes keys of any length");
        mac.update(text.as_bytes());
        mac.finalize().into_bytes()[..TAG_LENGTH].to_vec()
    }
}

/// How many bytes of a seal are kept.
const TAG_LENGTH: usize = 12;

fn public_key(pem: &str) -> Result<VerifyingKey, String> {
    VerifyingKey::from_public_key_pem(pem.trim()).map_err(|_| "the public key is not one of the curve P-384".to_owned())
}

/// The fingerprint of a public key in PEM form: a digest in pairs of hexadecimal digits.
///
/// # Errors
/// A sentence where it is no public key of the curve P-384.
pub(super) fn fingerprint(pem: &str) -> Result<String, String> {
    let key = public_key(pem)?;
    let digest = Sha256::digest(key.to_sec1_point(false).as_bytes());
    Ok(digest[..16].iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use p384::pkcs8::EncodePublicKey;

    fn claims() -> Claims {
        Claims {
            exp: 100,
            iat: 1,
            jti: "p".to_owned(),
            resource: "arn:aws:ivs:us-east-1:123456789012:stage/s".to_owned(),
            topic: "s".to_owned(),
            events_url: String::new(),
            whip_url: String::new(),
            user_id: "ada".to_owned(),
            attributes: BTreeMap::from([("k".to_owned(), "v".to_owned())]),
            capabilities: Capabilities { allow_publish: true, allow_subscribe: false },
            version: "1.0".to_owned(),
        }
    }

    #[test]
    fn a_token_says_what_was_signed_until_it_ends() {
        let signer = Signer::generate();
        let token = signer.sign(&claims());
        assert_eq!(signer.verify(&token, Instant(99_999), |_| None), Ok(claims()));
        assert_eq!(signer.verify(&token, Instant(100_000), |_| None), Err("the token has ended".to_owned()));
    }

    #[test]
    fn a_changed_token_and_one_of_another_server_are_refused() {
        let signer = Signer::generate();
        let token = signer.sign(&claims());
        let wrong = Err("the signature of the token is wrong".to_owned());
        assert_eq!(Signer::generate().verify(&token, Instant(0), |_| None), wrong);
        let mut parts: Vec<String> = token.split('.').map(str::to_owned).collect();
        parts[1] = URL_SAFE_NO_PAD.encode(json!(Claims { jti: "q".to_owned(), ..claims() }).to_string());
        assert_eq!(signer.verify(&parts.join("."), Instant(0), |_| None), wrong);
    }

    #[test]
    fn a_token_of_an_imported_key_is_verified_with_it() {
        let theirs = Signer::generate();
        let pem = theirs.key.verifying_key().to_public_key_pem(Default::default()).expect("a key has a PEM form");
        let arn = "arn:aws:ivs:us-east-1:123456789012:public-key/k";
        let header = json!({"alg": "ES384", "typ": "JWT", "kid": arn});
        let signed = [header, json!(claims())].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        let signature: Signature = theirs.key.sign(signed.as_bytes());
        let token = format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature.to_bytes()));
        let ours = Signer::generate();
        assert_eq!(ours.verify(&token, Instant(0), |kid| (kid == arn).then_some(pem.as_str())), Ok(claims()));
        assert!(ours.verify(&token, Instant(0), |_| None).is_err_and(|error| error.contains("was imported")));
        assert!(fingerprint(&pem).is_ok_and(|text| text.len() == 47));
    }

    #[test]
    fn page_tokens_are_opened_by_whoever_sealed_them() {
        let signer = Signer::generate();
        let token = signer.seal("ListStages after x");
        assert_eq!(signer.unseal(&token).as_deref(), Some("ListStages after x"));
        assert_eq!(Signer::generate().unseal(&token), None);
        assert_eq!(signer.unseal("AAAA"), None);
    }
}
