//! Operations of the tag "Applications", but for logins.

use authress_api::models::{Application, ApplicationCollection, ApplicationRequest};
use http::StatusCode;

use crate::http::answer::{Answer, Problem};
use crate::http::call::Call;
use crate::http::{access, page, redirect_url};
use crate::store::Store;

pub(super) fn create(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    call.require(store, "CREATE", "Authress:Applications")?;
    let application = application(&call.new_id("app")?, body(call)?);
    Ok(Answer::json(
        StatusCode::CREATED,
        &store.put_application(application, call.now),
    ))
}

pub(super) fn get(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    Ok(Answer::json(StatusCode::OK, existing(call, store, "READ")?))
}

/// The applications that the caller may read.
pub(super) fn list(call: &Call<'_>, store: &Store) -> Result<Answer, Problem> {
    let filter = call.query("filter");
    let page = call.page(&store.applications, |id, application| {
        let name = application.name.as_deref().unwrap_or_default();
        let found = page::matches(filter.as_deref(), &[id, name]) && call.may(store, "READ", &resource(id));
        found.then(|| application.clone())
    })?;
    let answer = ApplicationCollection::new()
        .applications(page.items)
        .pagination(page.pagination);
    Ok(Answer::json(StatusCode::OK, &answer))
}

pub(super) fn update(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    let request = body(call)?;
    existing(call, store, "UPDATE")?;
    let application = application(call.parameter(0), request);
    Ok(Answer::json(
        StatusCode::OK,
        &store.put_application(application, call.now),
    ))
}

pub(super) fn delete(call: &Call<'_>, store: &mut Store) -> Result<Answer, Problem> {
    existing(call, store, "UPDATE")?;
    store.applications.remove(call.parameter(0));
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}

fn body(call: &Call<'_>) -> Result<ApplicationRequest, Problem> {
    let request: ApplicationRequest = call.json()?;
    redirect_url::check_each("body.redirectUrls", &request.redirect_urls)?;
    Ok(request)
}

/// The application that is asked for.
fn application(id: &str, request: ApplicationRequest) -> Application {
    let mut application = Application::new(id)
        .redirect_urls(request.redirect_urls)
        .audiences(request.audiences.unwrap_or_default())
        .tags(request.tags.unwrap_or_default());
    application.name = request.name;
    application.session_type = request.session_type.map(|kind| kind.as_str().into());
    application
}

fn existing<'a>(call: &Call<'_>, store: &'a Store, action: &str) -> Result<&'a Application, Problem> {
    let id = call.parameter(0);
    call.require(store, action, &resource(id))?;
    store
        .applications
        .get(id)
        .ok_or_else(|| Problem::not_found("application"))
}

fn resource(id: &str) -> String {
    access::resource("Authress:Applications", id)
}
