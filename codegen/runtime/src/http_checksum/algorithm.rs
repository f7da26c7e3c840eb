//! The algorithms of checksums.

use crc_fast::CrcAlgorithm;
use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha512};

/// An algorithm of checksums that this client computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Algorithm {
    /// CRC-32 of ISO 3309, as zip has it. It is used where nobody chooses another.
    Crc32,
    /// CRC-32 with the polynomial of Castagnoli, as iSCSI has it.
    Crc32c,
    /// CRC-64 of NVM Express.
    Crc64Nvme,
    /// SHA-1 of FIPS 180.
    Sha1,
    /// SHA-256 of FIPS 180.
    Sha256,
    /// SHA-512 of FIPS 180.
    Sha512,
    /// MD5 of RFC 1321.
    Md5,
}

impl Algorithm {
    /// All of them, in the order in which that of a response is looked for: the cheapest first.
    pub(super) const ALL: [Self; 7] =
        [Self::Crc64Nvme, Self::Crc32c, Self::Crc32, Self::Sha1, Self::Sha256, Self::Sha512, Self::Md5];

    /// The algorithm with a name of the model, such as `CRC32C`, in any case; `None` for one that this client has not.
    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| name.eq_ignore_ascii_case(algorithm.name()))
    }

    /// What the model calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Crc32 => "CRC32",
            Self::Crc32c => "CRC32C",
            Self::Crc64Nvme => "CRC64NVME",
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
            Self::Md5 => "MD5",
        }
    }

    /// The header, or the trailer, in which the checksum stands.
    pub(super) fn header(self) -> &'static str {
        match self {
            Self::Crc32 => "x-amz-checksum-crc32",
            Self::Crc32c => "x-amz-checksum-crc32c",
            Self::Crc64Nvme => "x-amz-checksum-crc64nvme",
            Self::Sha1 => "x-amz-checksum-sha1",
            Self::Sha256 => "x-amz-checksum-sha256",
            Self::Sha512 => "x-amz-checksum-sha512",
            Self::Md5 => "x-amz-checksum-md5",
        }
    }

    /// How many bytes a checksum has.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Crc32 | Self::Crc32c => 4,
            Self::Crc64Nvme => 8,
            Self::Md5 => 16,
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    /// Begins a checksum.
    pub(super) fn begin(self) -> Sum {
        let crc = |algorithm| Sum::Crc(crc_fast::Digest::new(algorithm), self.size());
        match self {
            Self::Crc32 => crc(CrcAlgorithm::Crc32IsoHdlc),
            Self::Crc32c => crc(CrcAlgorithm::Crc32Iscsi),
            Self::Crc64Nvme => crc(CrcAlgorithm::Crc64Nvme),
            Self::Sha1 => Sum::Sha1(Sha1::default()),
            Self::Sha256 => Sum::Sha256(Sha256::default()),
            Self::Sha512 => Sum::Sha512(Box::default()),
            Self::Md5 => Sum::Md5(md5::Md5::default()),
        }
    }

    /// The checksum of bytes that are all there.
    pub(super) fn of_bytes(self, bytes: &[u8]) -> Vec<u8> {
        let mut sum = self.begin();
        sum.update(bytes);
        sum.finish()
    }
}

/// A checksum in the making.
pub(super) enum Sum {
    /// One of the cyclic checks, with the size of its result in bytes.
    Crc(crc_fast::Digest, usize),
    Sha1(Sha1),
    Sha256(Sha256),
    Sha512(Box<Sha512>),
    Md5(md5::Md5),
}

impl Sum {
    /// Takes the next bytes.
    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Crc(digest, _) => digest.update(bytes),
            Self::Sha1(digest) => digest.update(bytes),
            Self::Sha256(digest) => digest.update(bytes),
            Self::Sha512(digest) => digest.update(bytes),
            Self::Md5(digest) => digest.update(bytes),
        }
    }

    /// The checksum of all bytes, the highest one first.
    pub(super) fn finish(self) -> Vec<u8> {
        match self {
            Self::Crc(digest, size) => {
                let whole = digest.finalize().to_be_bytes();
                whole[whole.len() - size..].to_vec()
            }
            Self::Sha1(digest) => digest.finalize().to_vec(),
            Self::Sha256(digest) => digest.finalize().to_vec(),
            Self::Sha512(digest) => digest.finalize().to_vec(),
            Self::Md5(digest) => digest.finalize().to_vec(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Algorithm;

    /// The check values of the catalogue of cyclic checks for `123456789`, and the digests that FIPS 180 and RFC 1321 give
    /// for `abc`.
    #[test]
    fn checksums_are_those_of_their_standards() {
        let hex = |algorithm: Algorithm, text: &str| -> String {
            algorithm.of_bytes(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
        };
        assert_eq!(hex(Algorithm::Crc32, "123456789"), "cbf43926");
        assert_eq!(hex(Algorithm::Crc32c, "123456789"), "e3069283");
        assert_eq!(hex(Algorithm::Crc64Nvme, "123456789"), "ae8b14860a799888");
        assert_eq!(hex(Algorithm::Sha1, "abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex(Algorithm::Sha256, "abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert!(hex(Algorithm::Sha512, "abc").starts_with("ddaf35a193617abacc417349ae204131"));
        assert_eq!(hex(Algorithm::Md5, "abc"), "900150983cd24fb0d6963f7d28e17f72");
    }

    #[test]
    fn a_checksum_has_the_size_that_is_announced() {
        for algorithm in Algorithm::ALL {
            assert_eq!(algorithm.of_bytes(b"").len(), algorithm.size(), "{algorithm:?}");
            assert_eq!(Algorithm::of(&algorithm.name().to_lowercase()), Some(algorithm));
            assert!(algorithm.header().ends_with(&algorithm.name().to_lowercase()));
        }
        assert_eq!(Algorithm::of("XXHASH64"), None);
    }

    #[test]
    fn bytes_may_come_in_parts() {
        for algorithm in Algorithm::ALL {
            let mut sum = algorithm.begin();
            [&b"1234"[..], b"", b"56789"].iter().for_each(|part| sum.update(part));
            assert_eq!(sum.finish(), algorithm.of_bytes(b"123456789"), "{algorithm:?}");
        }
    }
}
