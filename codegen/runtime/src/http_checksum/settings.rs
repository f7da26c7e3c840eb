//! The settings of services with checksums.

use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};

use crate::config::Settings;

impl Settings {
    /// Whether requests get a checksum wherever they can, or only where they must.
    pub fn set_request_checksum_calculation(&mut self, calculation: Option<RequestChecksumCalculation>) {
        self.set(calculation);
    }

    /// Whether checksums of responses are checked wherever they can be, or only where the caller asks for it.
    pub fn set_response_checksum_validation(&mut self, validation: Option<ResponseChecksumValidation>) {
        self.set(validation);
    }
}
