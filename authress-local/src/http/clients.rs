//! Operations of the tag "Service Clients".

use authress_api::Secret;
use authress_api::models::{ClientAccessKey, ClientCollection};
use http::StatusCode;

use super::access;
use super::answer::{Answer, Problem};
use super::call::Call;
use crate::keys::{KeyPair, PublicKey, random_id};
use crate::store::{MAX_KEYS, ServiceClient, StoredKey};

pub(super) fn create(call: Call<'_>) -> Result<Answer, Problem> {
    call.require("CREATE", "Authress:ServiceClients")?;
    let client = call.json()?;
    let id = format!("sc_{}", random_id(10).map_err(|error| Problem::internal(&error))?);
    Ok(Answer::json(
        StatusCode::CREATED,
        &call.store.put_client(&id, client, call.shared.now()),
    ))
}

pub(super) fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, &existing(call, "READ")?.answer()))
}

pub(super) fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    call.require("READ", "Authress:ServiceClients")?;
    let page = call.page(&call.store.clients, |_, client| Some(client.answer()))?;
    let answer = ClientCollection::new()
        .clients(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: Call<'_>) -> Result<Answer, Problem> {
    let client = call.json()?;
    existing(&call, "UPDATE")?;
    let id = call.parameter(0).to_owned();
    Ok(Answer::json(
        StatusCode::OK,
        &call.store.put_client(&id, client, call.shared.now()),
    ))
}

/// The client's keys go with it, so its tokens are refused from now on.
pub(super) fn delete(call: Call<'_>) -> Result<Answer, Problem> {
    existing(&call, "UPDATE")?;
    call.store
        .clients
        .remove(call.parameters.first().map_or("", String::as_str));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// Makes a key pair and gives its private half out, once; or takes a public key of the caller's own.
pub(super) fn request_access_key(call: Call<'_>) -> Result<Answer, Problem> {
    let id = call.parameter(0).to_owned();
    call.require("CREATE", &format!("Authress:ServiceClients/{id}/access-keys"))?;
    let uploaded = match &call.json {
        None => None,
        Some(_) => call.json::<ClientAccessKey>()?.public_key,
    };
    let now = call.shared.now();
    let account = call.shared.account.id().to_owned();
    let client = call
        .store
        .clients
        .get_mut(&id)
        .ok_or_else(|| Problem::not_found("service client"))?;
    if client.keys.len() >= MAX_KEYS {
        return Err(Problem::invalid(format!(
            "The service client has {MAX_KEYS} access keys already"
        )));
    }
    let internal = |error: crate::Error| Problem::internal(&error);
    let key_id = random_id(4).map_err(internal)?;
    let mut answer = ClientAccessKey::new()
        .key_id(&key_id)
        .client_id(&id)
        .generation_date(now);
    let public = if let Some(text) = uploaded {
        let public = PublicKey::from_spki_base64(&text);
        let public =
            public.ok_or_else(|| Problem::invalid("request.body.publicKey is no Ed25519 key as base64 of its SPKI"))?;
        answer = answer.public_key(public.to_spki_base64());
        public
    } else {
        let pair = KeyPair::generate(&key_id).map_err(internal)?;
        let private = pair.private_base64().map_err(internal)?;
        answer = answer.access_key(Secret::from(format!("{id}.{key_id}.{account}.{private}")));
        pair.public().map_err(internal)?
    };
    client.keys.push(StoredKey {
        id: key_id,
        public,
        created: now,
    });
    Ok(Answer::json(StatusCode::CREATED, &answer))
}

pub(super) fn delete_access_key(call: Call<'_>) -> Result<Answer, Problem> {
    let [id, key_id] = [0, 1].map(|index| call.parameter(index).to_owned());
    call.require("UPDATE", &format!("Authress:ServiceClients/{id}/access-keys/{key_id}"))?;
    let client = call
        .store
        .clients
        .get_mut(&id)
        .ok_or_else(|| Problem::not_found("service client"))?;
    let before = client.keys.len();
    client.keys.retain(|key| key.id != key_id);
    if client.keys.len() == before {
        return Err(Problem::not_found("access key"));
    }
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn existing<'a>(call: &'a Call<'_>, action: &str) -> Result<&'a ServiceClient, Problem> {
    let id = call.parameter(0);
    call.require(action, &access::resource("Authress:ServiceClients", id))?;
    call.store
        .clients
        .get(id)
        .ok_or_else(|| Problem::not_found("service client"))
}
