use aws_smithy_mocks::{mock, mock_client, RuleMode};
use kms::error::ErrorMetadata;
use kms::operation::decrypt::{DecryptError, DecryptOutput};
use kms::operation::encrypt::{EncryptError, EncryptOutput};
use kms::primitives::Blob;
use kms::types::error::{DisabledException, InvalidCiphertextException};
use settings::{Error, Seal};

#[tokio::test]
async fn what_is_sealed_can_be_opened_under_its_name() {
    let encrypt = mock!(kms::Client::encrypt)
        .match_requests(|request| {
            let context = request.encryption_context().and_then(|context| context.get("name"));
            context.is_some_and(|name| name == "password") && request.plaintext() == Some(&Blob::new("secret"))
        })
        .then_output(|| EncryptOutput::builder().ciphertext_blob(Blob::new([1, 171])).key_id("key").build());
    let decrypt = mock!(kms::Client::decrypt)
        .match_requests(|request| request.ciphertext_blob().map(AsRef::as_ref) == Some(&[1, 171][..]))
        .then_output(|| DecryptOutput::builder().plaintext(Blob::new("secret")).build());
    let seal = Seal::new(mock_client!(kms, RuleMode::MatchAny, [&encrypt, &decrypt]), "alias/settings");
    let sealed = seal.close("password", "secret").await.expect("the key can be used");
    assert_eq!(sealed, "sealed:01ab");
    assert!(Seal::is_sealed(&sealed) && !Seal::is_sealed("secret"));
    assert_eq!(seal.open("password", &sealed).await.expect("it was sealed"), "secret");
}

#[tokio::test]
async fn errors_of_keys_are_told_apart() {
    let disabled = mock!(kms::Client::encrypt)
        .then_error(|| EncryptError::DisabledException(DisabledException::builder().message("off").build()));
    let foreign = mock!(kms::Client::decrypt)
        .then_error(|| DecryptError::InvalidCiphertextException(InvalidCiphertextException::builder().build()));
    let seal = Seal::new(mock_client!(kms, RuleMode::MatchAny, [&disabled, &foreign]), "alias/settings");
    let error = seal.close("password", "secret").await.expect_err("the key is off");
    assert_eq!(error.to_string(), "the key alias/settings is disabled or about to be deleted");
    assert!(matches!(seal.open("password", "sealed:00").await, Err(Error::Foreign(_))));
    assert!(matches!(seal.open("password", "sealed:0x").await, Err(Error::Foreign(_))));

    let denied = mock!(kms::Client::decrypt).then_error(|| {
        DecryptError::generic(ErrorMetadata::builder().code("AccessDeniedException").message("not you").build())
    });
    let seal = Seal::new(mock_client!(kms, [&denied]), "alias/settings");
    let error = seal.open("password", "sealed:00").await.expect_err("it is denied");
    assert!(error.to_string().contains("AccessDeniedException"), "{error}");
}
