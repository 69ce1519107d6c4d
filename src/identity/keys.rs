//! Signing keys: Ed25519, several valid at once so that they can be rotated.

use std::collections::HashMap;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use ed25519_dalek::{
    SigningKey,
    pkcs8::{DecodePrivateKey, EncodePrivateKey, spki::der::pem::LineEnding},
};
use jsonwebtoken::{DecodingKey, EncodingKey};
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// A private key and the name under which its public half is published.
pub struct KeyPair {
    /// Thumbprint of the public key (RFC 7638): the same key has the same name everywhere.
    pub kid: String,
    secret: SigningKey,
}

impl KeyPair {
    /// A new random key.
    pub fn generate() -> Self {
        Self::from_secret(SigningKey::from_bytes(&rand::random()))
    }

    /// A key in PKCS #8 PEM, as `openssl genpkey -algorithm ed25519` writes it.
    pub fn from_pem(pem: &str) -> Result<Self, Problem> {
        SigningKey::from_pkcs8_pem(pem.trim()).map(Self::from_secret).map_err(|err| Problem::internal(err.to_string()))
    }

    /// The key in PKCS #8 PEM.
    pub fn to_pem(&self) -> Result<String, Problem> {
        let pem = self.secret.to_pkcs8_pem(LineEnding::LF).map_err(|err| Problem::internal(err.to_string()))?;
        Ok(pem.to_string())
    }

    fn from_secret(secret: SigningKey) -> Self {
        let x = BASE64_URL_SAFE_NO_PAD.encode(secret.verifying_key().as_bytes());
        let thumbprint = Sha256::digest(format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#));
        Self { kid: BASE64_URL_SAFE_NO_PAD.encode(thumbprint), secret }
    }

    fn x(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.secret.verifying_key().as_bytes())
    }
}

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    pub kid: String,
    /// The public key itself, base64url.
    pub x: String,
}

/// The keys in use: one signs, all of them verify.
pub struct Keys {
    pub(super) kid: String,
    pub(super) signing: EncodingKey,
    pub(super) verifying: HashMap<String, DecodingKey>,
    published: Vec<PublicKey>,
}

impl Keys {
    /// `signer` signs; tokens of `others` are honoured too (the key before, and the key to come).
    pub fn new(signer: &KeyPair, others: &[KeyPair]) -> Result<Self, Problem> {
        let internal = |err: &dyn std::fmt::Display| Problem::internal(err.to_string());
        let der = signer.secret.to_pkcs8_der().map_err(|err| internal(&err))?;
        let mut verifying = HashMap::new();
        let mut published = vec![];
        for pair in std::iter::once(signer).chain(others) {
            let key = DecodingKey::from_ed_components(&pair.x()).map_err(|err| internal(&err))?;
            if verifying.insert(pair.kid.clone(), key).is_none() {
                published.push(PublicKey { kid: pair.kid.clone(), x: pair.x() });
            }
        }
        let signing = EncodingKey::from_ed_der(der.as_bytes());
        Ok(Self { kid: signer.kid.clone(), signing, verifying, published })
    }

    /// The public halves, the signer's first.
    pub fn published(&self) -> &[PublicKey] {
        &self.published
    }

    /// Whether every token these keys verify is verified by `later`, too.
    pub(super) fn all_in(&self, later: &Self) -> bool {
        self.verifying.keys().all(|kid| later.verifying.contains_key(kid))
    }
}
