//! A certificate for one run, which openssl makes, and both ends of a connection that have it.

use std::process::Command;
use std::sync::Arc;

use aws_smithy_http_client::Builder;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::server::{Act, Log, connection};

/// Starts the server behind TLS, where clients and it agree on HTTP/2; its URL.
pub async fn serve(act: Act, log: &Log, config: ServerConfig) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let url = format!("https://localhost:{}", listener.local_addr().expect("it is bound").port());
    let (log, acceptor) = (log.clone(), TlsAcceptor::from(Arc::new(config)));
    tokio::spawn(async move {
        while let Ok((socket, _)) = listener.accept().await {
            let socket = acceptor.accept(socket).await.expect("the client trusts the certificate");
            let is_h2 = socket.get_ref().1.alpn_protocol() == Some(b"h2");
            tokio::spawn(connection(socket, is_h2, act, log.clone()));
        }
    });
    url
}

/// A certificate of this machine's name for itself, and its key, as text.
pub struct Certificate {
    certificate: Vec<u8>,
    key: Vec<u8>,
}

impl Certificate {
    /// A new one; `None` where there is no openssl.
    pub fn new() -> Option<Self> {
        let directory = std::env::temp_dir().join(format!("events-{}", std::process::id()));
        std::fs::create_dir_all(&directory).expect("there is room");
        let [certificate, key] = ["certificate", "key"].map(|name| directory.join(name));
        let made = Command::new("openssl")
            .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"])
            .args(["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"])
            .args(["-addext", "basicConstraints=critical,CA:FALSE"])
            .arg("-keyout")
            .arg(&key)
            .arg("-out")
            .arg(&certificate)
            .output();
        let made = made.is_ok_and(|made| made.status.success());
        let read = |path| std::fs::read(path).expect("openssl has written it");
        let made = made.then(|| Self { certificate: read(&certificate), key: read(&key) });
        _ = std::fs::remove_dir_all(&directory);
        made
    }

    /// The configuration of a server that has it, and speaks both versions of HTTP.
    pub fn server(&self) -> ServerConfig {
        let certificate = CertificateDer::from_pem_slice(&self.certificate).expect("a certificate");
        let key = PrivateKeyDer::from_pem_slice(&self.key).expect("a key");
        let config = ServerConfig::builder_with_provider(ring::default_provider().into());
        let config = config.with_safe_default_protocol_versions().expect("ring has them").with_no_client_auth();
        let mut config = config.with_single_cert(vec![certificate], key).expect("they belong together");
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config
    }

    /// The HTTP client that clients have by default, but for what it trusts.
    pub fn client(&self) -> SharedHttpClient {
        let trust = TrustStore::empty().with_pem_certificate(self.certificate.clone());
        let context = TlsContext::builder().with_trust_store(trust).build().expect("it is complete");
        Builder::new().tls_provider(Provider::Rustls(CryptoMode::Ring)).tls_context(context).build_https()
    }
}
