use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::time::{SharedTimeSource, StaticTimeSource};
use aws_types::region::Region;
use aws_types::sdk_config::SdkConfig;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, UNIX_EPOCH};

use super::{dsql, rds};

/// What a future comes to that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nobody is waited for"),
    }
}

/// A configuration with these credentials, at this second.
fn shared(credentials: Credentials, second: u64) -> SdkConfig {
    let clock = StaticTimeSource::new(UNIX_EPOCH + Duration::from_secs(second));
    SdkConfig::builder()
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .time_source(SharedTimeSource::new(clock))
        .build()
}

fn keys() -> Credentials {
    Credentials::new("akid", "secret", None, None, "test")
}

fn rds_config() -> rds::ConfigBuilder {
    rds::Config::builder().hostname("prod-instance.us-east-1.rds.amazonaws.com").port(3306).username("peccy")
}

// The two tokens are those that AWS's own SDKs test themselves with.
#[test]
fn a_token_of_rds_is_that_of_other_clients() {
    let generator = rds::AuthTokenGenerator::new(rds_config().build().expect("nothing is missing"));
    let token = now(generator.auth_token(&shared(keys(), 1_724_709_600))).expect("a token");
    assert_eq!(
        token.as_str(),
        "prod-instance.us-east-1.rds.amazonaws.com:3306/?Action=connect&DBUser=peccy\
         &X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=akid%2F20240826%2Fus-east-1%2Frds-db%2Faws4_request\
         &X-Amz-Date=20240826T220000Z&X-Amz-Expires=900&X-Amz-SignedHeaders=host\
         &X-Amz-Signature=dd0cba843009474347af724090233265628ace491ea17ce3eb3da098b983ad89"
    );
    assert_eq!(token.to_string(), token.as_str());
    assert_eq!(format!("{token:?}"), "AuthToken(\"*** Sensitive Data Redacted ***\")");
}

#[test]
fn a_token_of_dsql_is_that_of_other_clients() {
    let config = dsql::Config::builder().hostname("peccy.dsql.us-east-1.on.aws").region(Region::new("us-east-1"));
    let generator = dsql::AuthTokenGenerator::new(config.expires_in(450).build().expect("nothing is missing"));
    let shared = shared(keys(), 1_724_716_800);
    let rest = "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=akid%2F20240827%2Fus-east-1%2Fdsql%2Faws4_request\
                &X-Amz-Date=20240827T000000Z&X-Amz-Expires=450&X-Amz-SignedHeaders=host&X-Amz-Signature=";
    assert_eq!(
        now(generator.db_connect_auth_token(&shared)).expect("a token").as_str(),
        format!(
            "peccy.dsql.us-east-1.on.aws/?Action=DbConnect{rest}\
             f5f2ad764ca5df44045d4ab6ccecba0eef941b0007e5765885a0b6ed3702a3f8"
        )
    );
    assert_eq!(
        now(generator.db_connect_admin_auth_token(&shared)).expect("a token").as_str(),
        format!(
            "peccy.dsql.us-east-1.on.aws/?Action=DbConnectAdmin{rest}\
             267cf8d04d84444f7a62d5bdb40c44bfc6cb13dd6c64fa7f772df6bbaa90fff1"
        )
    );
}

#[test]
fn what_is_set_comes_before_what_is_shared() {
    let own = Credentials::new("own", "secret", Some("a/b+c=".to_owned()), None, "test");
    let config = rds_config().credentials(own).region(Region::new("eu-west-1")).username("a b&c").expires_in(7200);
    let generator = rds::AuthTokenGenerator::new(config.build().expect("nothing is missing"));
    let token = now(generator.auth_token(&shared(keys(), 1_724_709_600))).expect("a token").to_string();
    for part in ["DBUser=a%20b%26c&", "own%2F20240826%2Feu-west-1%2F", "Expires=900&", "Token=a%2Fb%2Bc%3D"] {
        assert!(token.contains(part), "{part} is not in {token}");
    }
}

#[test]
fn what_is_missing_is_told() {
    let missing = |config: rds::ConfigBuilder| config.build().expect_err("something is missing").to_string();
    assert_eq!(missing(rds::Config::builder()), "`hostname` is required");
    assert_eq!(missing(rds::Config::builder().hostname("a")), "`port` is required");
    assert_eq!(missing(rds::Config::builder().hostname("a").port(1)), "`username` is required");
    assert_eq!(dsql::Config::builder().build().expect_err("it is missing").to_string(), "`hostname` is required");

    let of = |hostname: &str| dsql::Config::builder().hostname(hostname).build().expect("nothing is missing");
    let token = |hostname: &str, config: &SdkConfig| {
        now(dsql::AuthTokenGenerator::new(of(hostname)).db_connect_auth_token(config))
            .expect_err("no token")
            .to_string()
    };
    let nobody = SdkConfig::builder().build();
    assert_eq!(token("a", &nobody), "a token is signed, and there are no credentials to sign it with");
    assert_eq!(token("a", &shared(keys(), 1)), "a token is signed for a region, and there is none");
    let nowhere = shared(keys(), 1).into_builder().region(Region::new("r")).build();
    assert!(!token("not a host", &nowhere).is_empty());
}
