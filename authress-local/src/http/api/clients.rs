//! Operations of the tag "Service Clients".

use authress_api::models::{Client, ClientAccessKey, ClientCollection, ClientOptions};
use http::StatusCode;

use crate::http::access::{self, forbidden};
use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::keys::{PublicKey, random_id};
use crate::store::{MAX_KEYS, OWNER_CLIENT, ServiceClient, Store, StoredKey};

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:ServiceClients")?;
    let client = body(call)?;
    require_options(call, store, None, &client)?;
    let id = call.new_id("sc")?;
    Ok(Answer::json(
        StatusCode::CREATED,
        &store.put_client(&id, client, call.now),
    ))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, &existing(call, store, "READ")?.answer()))
}

/// The service clients that the caller may read.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let page = call.page(&store.clients, |id, client| {
        let may_read = call.may(store, "READ", &resource(id));
        may_read.then(|| client.answer())
    })?;
    let answer = ClientCollection::new()
        .clients(page.items)
        .pagination(page.pagination)
        .links(page.links);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let client = body(call)?;
    let before = existing(call, store, "UPDATE")?;
    require_not_the_owner(call)?;
    require_options(call, store, before.options(), &client)?;
    let id = call.parameter(0).to_owned();
    Ok(Answer::json(StatusCode::OK, &store.put_client(&id, client, call.now)))
}

/// The client's keys go with it, so its tokens are refused from now on.
pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    require_not_the_owner(call)?;
    store.clients.remove(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

/// Makes a key pair and gives its private half out, once; or takes a public key of the caller's own.
pub(super) fn request_access_key(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let id = call.parameter(0).to_owned();
    call.require(store, "CREATE", &format!("Authress:ServiceClients/{id}/access-keys"))?;
    require_not_the_owner(call)?;
    let uploaded = if call.body.is_empty() {
        None
    } else {
        call.json::<ClientAccessKey>()?.public_key
    };
    if !store.clients.contains_key(&id) {
        return Err(Problem::not_found("service client"));
    }
    let too_many = || Problem::invalid(format!("The service client has {MAX_KEYS} access keys already"));
    let internal = |error: crate::Error| Problem::internal(&error);
    let answer = ClientAccessKey::new().client_id(&id).generation_date(call.now);
    let answer = if let Some(text) = uploaded {
        let public = PublicKey::from_spki_base64(&text);
        let public =
            public.ok_or_else(|| Problem::invalid("request.body.publicKey is no Ed25519 key as base64 of its SPKI"))?;
        let key_id = random_id(4).map_err(internal)?;
        let answer = answer.key_id(&key_id).public_key(public.to_spki_base64());
        let key = StoredKey {
            id: key_id,
            public,
            created: call.now,
        };
        store.add_key(&id, key).then_some(answer).ok_or_else(too_many)?
    } else {
        let made = store.new_access_key(&id, call.shared.account.id(), call.now);
        let (key_id, key) = made.map_err(internal)?.ok_or_else(too_many)?;
        answer.key_id(key_id).access_key(key)
    };
    Ok(Answer::json(StatusCode::CREATED, &answer))
}

pub(super) fn delete_access_key(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let [id, key_id] = [0, 1].map(|index| call.parameter(index).to_owned());
    call.require(
        store,
        "UPDATE",
        &format!("Authress:ServiceClients/{id}/access-keys/{key_id}"),
    )?;
    require_not_the_owner(call)?;
    let client = store
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

fn body(call: &Call<'_>) -> Result<Client, Problem> {
    let client = call.json()?;
    Ok(client)
}

/// Refuses a change of the service client that is there from the start: every start makes it anew, so that the access key that is printed is good.
fn require_not_the_owner(call: &Call<'_>) -> Result<(), Problem> {
    if call.parameter(0) == OWNER_CLIENT {
        return Err(forbidden(format!(
            "{OWNER_CLIENT} is the server's own, and does not change"
        )));
    }
    Ok(())
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a ServiceClient, Problem> {
    let id = call.parameter(0);
    call.require(store, action, &resource(id))?;
    store
        .clients
        .get(id)
        .ok_or_else(|| Problem::not_found("service client"))
}

/// Refuses a caller who turns on a power of a client without the right to give it: nobody gets by a client what they could not give.
///
/// The power to ask about every user is READ on all `Authress:UserPermissions`; to make tokens of every user is everything.
fn require_options(
    call: &Call<'_>,
    store: &Store,
    before: Option<&ClientOptions>,
    client: &Client,
) -> Result<(), Problem> {
    let turned_on = |option: fn(&ClientOptions) -> Option<bool>| {
        let is_on = |options: Option<&ClientOptions>| options.and_then(option) == Some(true);
        is_on(client.options.as_ref()) && !is_on(before)
    };
    if turned_on(|options| options.grant_user_permissions_access) {
        call.require_grant(store, "READ", "Authress:UserPermissions/*")?;
    }
    if turned_on(|options| options.grant_token_generation) {
        call.require_everything(store)?;
    }
    Ok(())
}

fn resource(id: &str) -> String {
    access::resource("Authress:ServiceClients", id)
}
