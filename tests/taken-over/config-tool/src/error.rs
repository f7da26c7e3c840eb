use kms::error::SdkError as KmsError;
use kms::operation::decrypt::DecryptError;
use kms::operation::encrypt::EncryptError;
use ssm::error::{DisplayErrorContext, SdkError};
use ssm::operation::get_parameters_by_path::GetParametersByPathError;
use ssm::operation::put_parameter::PutParameterError;

/// What can go wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0} is there already, as version {1}")]
    Exists(String, i64),
    #[error("{0} is too long for a parameter")]
    TooLong(String),
    #[error("the key {0} is disabled or about to be deleted")]
    KeyUnusable(String),
    #[error("what {0} holds was not sealed by this program")]
    Foreign(String),
    #[error("cannot list: {}", DisplayErrorContext(.0))]
    List(#[from] Box<SdkError<GetParametersByPathError>>),
    #[error("cannot write: {}", DisplayErrorContext(.0))]
    Put(#[from] Box<SdkError<PutParameterError>>),
    #[error("cannot seal: {}", kms::error::DisplayErrorContext(.0))]
    Seal(#[from] Box<KmsError<EncryptError>>),
    #[error("cannot open: {}", kms::error::DisplayErrorContext(.0))]
    Open(#[from] Box<KmsError<DecryptError>>),
    #[error(transparent)]
    Ssm(#[from] Box<ssm::Error>),
}

impl From<ssm::Error> for Error {
    fn from(error: ssm::Error) -> Self {
        Self::Ssm(Box::new(error))
    }
}
