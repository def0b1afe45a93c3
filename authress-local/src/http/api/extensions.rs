//! Operations of the tag "Extensions", but for logins.

use authress_api::models::{Extension, ExtensionCollection, Link, Links};
use http::StatusCode;

use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, redirect_url};
use crate::store::{ExtensionIds, Store, application_id, client_id};

/// Makes an extension with an application and a service client, which has no permission and no key: who needs those is asked where they are given.
pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Extensions")?;
    let extension = body(call)?;
    let ids = ExtensionIds {
        extension: call.new_id("ext")?,
        application: call.new_id("app")?,
        client: call.new_id("sc")?,
    };
    store.add_extension(&ids, extension, call.now);
    answer(call, store, StatusCode::CREATED, &ids.extension)
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    existing(call, store, "READ")?;
    answer(call, store, StatusCode::OK, call.parameter(0))
}

/// The extensions that the caller may read.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let page = call.page(&store.extensions, |id, extension| {
        let may_read = call.may(store, "READ", &resource(id));
        may_read.then(|| whole(call, store, extension))
    })?;
    let answer = ExtensionCollection::new()
        .extensions(page.items)
        .pagination(page.pagination);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let extension = body(call)?;
    existing(call, store, "UPDATE")?;
    store.change_extension(call.parameter(0), extension, call.now);
    answer(call, store, StatusCode::OK, call.parameter(0))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.remove_extension(call.parameter(0), call.now);
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn body(call: &Call<'_>) -> Result<Extension, Problem> {
    let extension: Extension = call.json()?;
    let application = extension.application.as_ref();
    let urls = application.and_then(|application| application.redirect_urls.as_deref());
    redirect_url::check_each("body.application.redirectUrls", urls.unwrap_or_default())?;
    Ok(extension)
}

fn answer(call: &Call<'_>, store: &Store, status: StatusCode, id: &str) -> Result<Answer, Problem> {
    let extension = store.extensions.get(id);
    let extension = extension.ok_or_else(|| Problem::not_found("extension"))?;
    Ok(Answer::json(status, &whole(call, store, extension)))
}

/// The extension with what its application and its client have, and where the two are.
fn whole(call: &Call<'_>, store: &Store, extension: &Extension) -> Extension {
    let to = |path: String| Links::new().self_(Link::new().href(format!("{}{path}", call.shared.account.url())));
    let mut answer = extension.clone();
    if let Some(application) = &mut answer.application {
        application.redirect_urls = Some(store.redirect_urls(extension).to_vec());
        application.links = application_id(extension).map(|id| to(format!("/v1/applications/{id}")));
    }
    if let Some(client) = &mut answer.client {
        client.rate_limits = store.extension_rate_limits(extension).map(<[_]>::to_vec);
        client.links = client_id(extension).map(|id| to(format!("/v1/clients/{id}")));
    }
    answer
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Extension, Problem> {
    let id = call.parameter(0);
    call.require(store, action, &resource(id))?;
    store.extensions.get(id).ok_or_else(|| Problem::not_found("extension"))
}

fn resource(id: &str) -> String {
    access::resource("Authress:Extensions", id)
}
