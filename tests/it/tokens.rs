//! Forged, foreign and outdated access tokens: the same 401 for all of them.

use actix_web::{http::header, test::TestRequest};
use base64::{
    Engine,
    prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD},
};
use entity::vocab::Role;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use serde_json::{Value, json};
use thidua::identity::{KeyPair, Keys};

use super::{
    people::{Person, alike, person},
    support::{House, ISSUER, NOBODY, Reply, house},
};

/// A house whose private key the story knows.
struct Forge {
    house: House,
    pair: KeyPair,
    person: Person,
}

async fn forge() -> Forge {
    let house = house().await;
    let pair = KeyPair::generate();
    house.state.identity.replace_keys(Keys::new(&pair, &[]).unwrap());
    let person = person(&house, Role::Auditor).await;
    Forge { house, pair, person }
}

impl Forge {
    /// The claims of a good token.
    fn claims(&self) -> Value {
        let now = self.house.state.clock.now().timestamp();
        json!({
            "iss": ISSUER, "aud": "thidua", "sub": self.person.account.id, "exp": now + 900, "nbf": now, "iat": now,
            "jti": self.person.account.id, "role": "auditor", "province_id": null, "must_change_password": false,
        })
    }

    /// The header of a good token, as JSON.
    fn header(&self) -> Value {
        json!({ "typ": "JWT", "alg": "EdDSA", "kid": self.pair.kid })
    }

    /// A token signed with the right key, whatever it says.
    fn signed(&self, header: &Value, claims: &Value) -> String {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let message = format!("{}.{}", part(header), part(claims));
        let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &private(&self.pair), Algorithm::EdDSA).unwrap();
        format!("{message}.{signature}")
    }

    async fn bring(&self, token: &str) -> Reply {
        let bearer = format!("Bearer {token}");
        let request = TestRequest::get().uri("/api/v1/me").insert_header((header::AUTHORIZATION, bearer));
        self.house.send(NOBODY, request).await
    }
}

fn private(pair: &KeyPair) -> EncodingKey {
    let pem = pair.to_pem().unwrap();
    let lines: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    EncodingKey::from_ed_der(&BASE64_STANDARD.decode(lines).unwrap())
}

/// `value` with one member replaced; taken away where `member` is null.
fn with(mut value: Value, name: &str, member: Value) -> Value {
    if member.is_null() {
        value.as_object_mut().unwrap().remove(name);
    } else {
        value[name] = member;
    }
    value
}

#[actix_web::test]
async fn every_bad_token_gets_the_same_answer() {
    let forge = forge().await;
    let now = forge.house.state.clock.now().timestamp();
    let (header, claims) = (forge.header(), forge.claims());
    let good = forge.signed(&header, &claims);
    forge.bring(&good).await.expect(200);

    let keys = forge.house.get(NOBODY, "/auth/jwks").await.expect(200);
    let x = keys.text("/keys/0/x");
    let raw = BASE64_URL_SAFE_NO_PAD.decode(&x).unwrap();
    let hmac = |secret: &[u8], algorithm| {
        let header = Header { kid: Some(forge.pair.kid.clone()), ..Header::new(algorithm) };
        encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap()
    };
    let stranger = KeyPair::generate();
    let by_stranger = |kid: &str| {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, &claims, &private(&stranger)).unwrap()
    };
    let unsigned = |alg: &str| {
        let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        format!("{}.{}.", part(&with(header.clone(), "alg", json!(alg))), part(&claims))
    };
    let claiming = |name: &str, value: Value| forge.signed(&header, &with(claims.clone(), name, value));
    let heading = |name: &str, value: Value| forge.signed(&with(header.clone(), name, value), &claims);
    let (body, signature) = good.rsplit_once('.').unwrap();
    let altered = {
        let part = BASE64_URL_SAFE_NO_PAD.encode(with(claims.clone(), "role", json!("administrator")).to_string());
        format!("{}.{part}.{signature}", good.split('.').next().unwrap())
    };
    let jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": x, "kid": forge.pair.kid });
    #[rustfmt::skip]
    let bad = [
        ("nothing",                 String::new()),
        ("no token",                "token".to_owned()),
        ("unsigned",                unsigned("none")),
        ("unsigned, capitals",      unsigned("NONE")),
        ("signature cut off",       format!("{body}.")),
        ("altered claims",          altered),
        ("HS256 with the public key",   hmac(&raw, Algorithm::HS256)),
        ("HS256 with its text",     hmac(x.as_bytes(), Algorithm::HS256)),
        ("HS512 with the key set",  hmac(&keys.bytes, Algorithm::HS512)),
        ("a stranger's key",        by_stranger(&stranger.kid)),
        ("a stranger's key under our name", by_stranger(&forge.pair.kid)),
        ("no kid",                  heading("kid", Value::Null)),
        ("foreign kid",             heading("kid", json!("../../etc/passwd"))),
        ("another alg in the header",   heading("alg", json!("ES256"))),
        ("jku",                     heading("jku", json!("https://example.org/jwks.json"))),
        ("x5u",                     heading("x5u", json!("https://example.org/x5u.pem"))),
        ("x5c",                     heading("x5c", json!(["AAAA"]))),
        ("jwk",                     heading("jwk", jwk)),
        ("crit",                    heading("crit", json!(["exp"]))),
        ("expired",                 claiming("exp", json!(now))),
        ("expired long ago",        claiming("exp", json!(0))),
        ("not yet",                 claiming("nbf", json!(now + 31))),
        ("another issuer",          claiming("iss", json!("somebody"))),
        ("another audience",        claiming("aud", json!("another-api"))),
        ("no expiry",               claiming("exp", Value::Null)),
        ("no beginning",            claiming("nbf", Value::Null)),
        ("no issuer",               claiming("iss", Value::Null)),
        ("no audience",             claiming("aud", Value::Null)),
        ("nobody",                  claiming("sub", Value::Null)),
        ("unknown role",            claiming("role", json!("emperor"))),
        ("expiry as text",          claiming("exp", json!("never"))),
        ("huge",                    format!("{good}{}", "A".repeat(20_000))),
    ];
    let refused = alike(&forge.bring("").await);
    assert_eq!((refused.0, refused.2.as_str()), (401, "Bearer"));
    for (what, token) in bad {
        assert_eq!(alike(&forge.bring(&token).await), refused, "{what}");
    }
    forge.bring(&good).await.expect(200);
}

#[actix_web::test]
async fn a_token_counts_from_its_beginning_to_its_end_also_when_it_is_remembered() {
    let forge = forge().await;
    let token = forge.signed(&forge.header(), &forge.claims());
    forge.bring(&token).await.expect(200);
    forge.house.at("2024-03-01T08:14:59Z");
    forge.bring(&token).await.expect(200);
    forge.house.at("2024-03-01T08:15:00Z");
    forge.bring(&token).await.problem(401, "unauthenticated");
    // Half a minute of difference between clocks is forgiven, more is not.
    forge.house.at("2024-03-01T07:59:30Z");
    forge.bring(&token).await.expect(200);
    forge.house.at("2024-03-01T07:59:29Z");
    forge.bring(&token).await.problem(401, "unauthenticated");
}

#[actix_web::test]
async fn other_schemes_and_broken_headers_are_no_credentials() {
    let forge = forge().await;
    let token = forge.signed(&forge.header(), &forge.claims());
    let ask = async |value: String| {
        let request = TestRequest::get().uri("/api/v1/me").insert_header((header::AUTHORIZATION, value));
        forge.house.send(NOBODY, request).await.status
    };
    assert_eq!(ask(format!("bearer {token}")).await, 200);
    for value in
        [format!("Basic {token}"), token.clone(), "Bearer".to_owned(), String::new(), format!("Bearer: {token}")]
    {
        assert_eq!(ask(value.clone()).await, 401, "{value}");
    }
    // Where the public may read, a bad token is no reader from the public.
    let request = TestRequest::get().uri("/api/v1/clusters").insert_header((header::AUTHORIZATION, "Bearer x"));
    forge.house.send(NOBODY, request).await.problem(401, "unauthenticated");
}
