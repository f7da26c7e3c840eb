//! Values that only who may use a key can read.

use kms::operation::decrypt::DecryptError;
use kms::operation::encrypt::EncryptError;
use kms::primitives::Blob;
use kms::types::EncryptionAlgorithmSpec;
use kms::Client;

use crate::Error;

/// What sealed values begin with.
const MARK: &str = "sealed:";

/// A key of KMS.
#[derive(Clone, Debug)]
pub struct Seal {
    client: Client,
    key: String,
}

impl Seal {
    pub fn new(client: Client, key: impl Into<String>) -> Self {
        Self { client, key: key.into() }
    }

    pub fn is_sealed(value: &str) -> bool {
        value.starts_with(MARK)
    }

    /// Seals a value for a name: under another name it cannot be opened.
    pub async fn close(&self, name: &str, value: &str) -> Result<String, Error> {
        let request = self
            .client
            .encrypt()
            .key_id(&self.key)
            .encryption_context("name", name)
            .encryption_algorithm(EncryptionAlgorithmSpec::SymmetricDefault)
            .plaintext(Blob::new(value));
        let sealed = match request.send().await {
            Ok(sealed) => sealed,
            Err(error) => {
                return Err(match error.as_service_error() {
                    Some(EncryptError::DisabledException(_) | EncryptError::KmsInvalidStateException(_)) => {
                        Error::KeyUnusable(self.key.clone())
                    }
                    _ => Error::Seal(Box::new(error)),
                })
            }
        };
        Ok(format!("{MARK}{}", hex(sealed.ciphertext_blob().map(Blob::as_ref).unwrap_or_default())))
    }

    /// Opens what was sealed for this name.
    pub async fn open(&self, name: &str, sealed: &str) -> Result<String, Error> {
        let foreign = || Error::Foreign(name.to_owned());
        let bytes = sealed.strip_prefix(MARK).and_then(unhex).ok_or_else(foreign)?;
        let request = self.client.decrypt().ciphertext_blob(Blob::new(bytes)).encryption_context("name", name);
        let opened = request.send().await.map_err(|error| match error.as_service_error() {
            Some(DecryptError::InvalidCiphertextException(_)) => foreign(),
            Some(other) if other.is_disabled_exception() => Error::KeyUnusable(self.key.clone()),
            _ => Error::Open(Box::new(error)),
        })?;
        let plain = opened.plaintext.map(Blob::into_inner).unwrap_or_default();
        String::from_utf8(plain).map_err(|_| foreign())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok());
    digits.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}
