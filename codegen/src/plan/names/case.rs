//! Where the words of a name begin, as AWS's crates have it.
//!
//! They split names by two rules. `snake_case`, for fields, methods and modules, knows plural acronyms and a few words of
//! mixed case: `WebACLs` is `web_acls`, `IPv4Address` is `ipv4_address`. `PascalCase`, for types and variants, is older
//! and does not: `WebACLs` is `WebAcLs`. What a digit
//! or a lone capital does to either follows from real names only, so that the tables of the tests hold real names.

/// Words in which a capital letter begins no other word.
const MIXED_CASE: [&str; 7] = ["gib", "ipv4", "ipv6", "kib", "mib", "sigv4", "ttl"];

/// `WebACLs` to `web_acls`.
pub(super) fn snake(name: &str) -> String {
    let lowercase = !name.contains(|letter: char| letter.is_ascii_uppercase());
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (place, letter) in name.char_indices() {
        let separates = !letter.is_ascii_alphanumeric();
        if separates || begins_word(&word, &name[place..], lowercase) {
            words.push(std::mem::take(&mut word));
        }
        if !separates {
            word.push(letter);
        }
    }
    words.push(word);
    words.retain(|word| !word.is_empty());
    words.join("_").to_ascii_lowercase()
}

/// Whether the rest of a name begins with another word than the one that is being read. `lowercase` says that the name
/// has no capital letters, so that digits must end words.
fn begins_word(word: &str, rest: &str, lowercase: bool) -> bool {
    let (Some(last), Some(next)) = (word.chars().last(), rest.chars().next()) else { return false };
    let after_word = (last.is_ascii_lowercase() || last.is_ascii_digit()) && next.is_ascii_uppercase();
    let after_number = lowercase && last.is_ascii_digit() && next.is_ascii_lowercase();
    (after_word || after_number) && !is_within_mixed_case(word, rest) || ends_acronym(last, rest)
}

/// Whether the word goes on as one of mixed case: `Ttl` as `TtL`.
fn is_within_mixed_case(word: &str, rest: &str) -> bool {
    let read = word.len();
    let whole = format!("{word}{rest}").to_ascii_lowercase();
    MIXED_CASE.iter().any(|mixed| mixed.len() > read && whole.starts_with(mixed))
}

/// Whether an acronym ends before the rest of a name: before the P of `DBProxy`, but neither before the L of `ACLs`, nor
/// before the B of `DynamoDBv2`.
fn ends_acronym(last: char, rest: &str) -> bool {
    let mut rest = rest.chars();
    let [next, second, third] = [rest.next(), rest.next(), rest.next()];
    let is_lower = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_lowercase());
    let is_plural = second == Some('s') && !is_lower(third);
    let is_version = second == Some('v') && third.is_some_and(|letter| letter.is_ascii_digit());
    last.is_ascii_uppercase()
        && next.is_some_and(|letter| letter.is_ascii_uppercase())
        && is_lower(second)
        && !is_plural
        && !is_version
}

/// `HTTPRequest` and `http_request` to `HttpRequest`.
pub(super) fn pascal(name: &str) -> String {
    let mut pascal = String::with_capacity(name.len());
    let mut last = None;
    for (place, letter) in name.char_indices() {
        let next = name[place..].chars().nth(1);
        let begins = last.is_none_or(|last: char| {
            let after_word = last.is_ascii_lowercase() || last.is_ascii_digit();
            let ends_acronym = last.is_ascii_uppercase() && next.is_some_and(|next| next.is_ascii_lowercase());
            !last.is_ascii_alphanumeric() || letter.is_ascii_uppercase() && (after_word || ends_acronym)
        });
        if letter.is_ascii_alphanumeric() {
            pascal.push(if begins { letter.to_ascii_uppercase() } else { letter.to_ascii_lowercase() });
        }
        last = Some(letter);
    }
    pascal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names of AWS models, with the fields that AWS's crates have for them.
    const FIELDS: &[(&str, &str)] = &[
        ("stageArn", "stage_arn"),
        ("xAmznErrorType", "x_amzn_error_type"),
        ("S3BucketName", "s3_bucket_name"),
        ("VPCId", "vpc_id"),
        ("DBProxyName", "db_proxy_name"),
        ("IAMUser", "iam_user"),
        ("EC2InstanceId", "ec2_instance_id"),
        ("OpenIDConnectProviderArn", "open_id_connect_provider_arn"),
        ("OpenIdConnectProviderARNs", "open_id_connect_provider_arns"),
        ("WebACLs", "web_acls"),
        ("WebACLsPerRegion", "web_acls_per_region"),
        ("LogoutURLs", "logout_urls"),
        ("sourceServerIDs", "source_server_ids"),
        ("RetrieveAZs", "retrieve_azs"),
        ("NumberOfAssociatedVPCs", "number_of_associated_vpcs"),
        ("ARNSupport", "arn_support"),
        ("ipv4Address", "ipv4_address"),
        ("IPv6CidrBlock", "ipv6_cidr_block"),
        ("PublicIPv4", "public_ipv4"),
        ("SigV4Enabled", "sigv4_enabled"),
        ("MemoryMiB", "memory_mib"),
        ("SizeInGiB", "size_in_gib"),
        ("TTL", "ttl"),
        ("TtLSeconds", "ttl_seconds"),
        ("DynamoDBv2Action", "dynamo_dbv2_action"),
        ("s3key", "s3_key"),
        ("sha256", "sha256"),
        ("h264Settings", "h264_settings"),
        ("__type", "type"),
        ("two-words", "two_words"),
        ("S", "s"),
        ("NS", "ns"),
        ("As", "as"),
    ];

    #[test]
    fn fields_are_split_as_in_the_crates_of_aws() {
        for (name, field) in FIELDS {
            assert_eq!(snake(name), *field, "{name}");
        }
    }

    /// Names of AWS models, with the types and variants that AWS's crates have for them.
    const TYPES: &[(&str, &str)] = &[
        ("S3Detail", "S3Detail"),
        ("HTTPRequest", "HttpRequest"),
        ("stageSummary", "StageSummary"),
        ("B_FRAME_PRESENT", "BFramePresent"),
        ("WebACLs", "WebAcLs"),
        ("IPSetDescriptor", "IpSetDescriptor"),
        ("TLSv1_2016", "TlSv12016"),
        ("SSEKMSKeyId", "SsekmsKeyId"),
        ("EC2AMI", "Ec2Ami"),
        ("H264", "H264"),
        ("A2B", "A2B"),
        ("NULL", "Null"),
        ("multi-word", "MultiWord"),
    ];

    #[test]
    fn types_are_split_as_in_the_crates_of_aws() {
        for (name, ty) in TYPES {
            assert_eq!(pascal(name), *ty, "{name}");
        }
    }
}
