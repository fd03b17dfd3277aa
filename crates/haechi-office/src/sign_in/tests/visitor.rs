//! A browser that keeps cookies, as browsers do.

use std::collections::BTreeMap;
use std::sync::Mutex;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;

use crate::sign_in::Secret;
use crate::testing::TestOffice;
use crate::web;

/// What a visitor was answered.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    /// Where a script is told to go.
    pub(crate) leave: String,
    pub(crate) body: String,
}

impl Seen {
    /// Where one was led.
    pub(crate) fn led(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        &self.to
    }

    /// The page, once it was shown as it should be.
    pub(crate) fn page(self) -> String {
        assert_eq!(self.status, StatusCode::OK, "{} {}", self.to, self.body);
        self.body
    }

    /// The value of a field of the page's form.
    pub(crate) fn value(&self, name: &str) -> String {
        let (_, from) = self.body.split_once(&format!("name=\"{name}\" value=\"")).expect(name);
        from.split('"').next().unwrap().to_owned()
    }
}

/// A browser of its own.
pub(crate) struct Visitor {
    service: Router,
    /// The code of the government that is chosen where there are several.
    government: String,
    jar: Mutex<BTreeMap<String, String>>,
    /// What it says with everything it sends.
    headers: Vec<(&'static str, String)>,
}

impl Visitor {
    /// One in which nobody has signed in yet.
    pub(crate) fn of(office: &TestOffice) -> Self {
        Self {
            service: web::service(&office.office),
            government: office.code.clone(),
            jar: Mutex::default(),
            headers: Vec::new(),
        }
    }

    /// It says this too with everything it sends.
    pub(crate) fn says(mut self, header: &'static str, value: &str) -> Self {
        self.headers.push((header, value.to_owned()));
        self
    }

    /// It holds this cookie, wherever that came from.
    pub(crate) fn holds(self, name: &str, value: &str) -> Self {
        self.jar.lock().unwrap().insert(name.to_owned(), value.to_owned());
        self
    }

    /// Another with the same cookies.
    pub(crate) fn copied(&self) -> Self {
        let jar = Mutex::new(self.jar.lock().unwrap().clone());
        Self { service: self.service.clone(), government: self.government.clone(), jar, headers: self.headers.clone() }
    }

    /// The value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).cloned()
    }

    /// The names of all cookies.
    pub(crate) fn cookies(&self) -> Vec<String> {
        self.jar.lock().unwrap().keys().cloned().collect()
    }

    /// Has the browser keep a cookie.
    pub(crate) fn keep(&self, name: &str, value: &str) {
        self.jar.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Seen {
        self.ask(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Asks for a part of a page, as a script on the page `on` does, and returns where it is told to go instead.
    pub(crate) async fn get_part(&self, path: &str, on: &str) -> String {
        let request = Request::get(path).header("hx-request-type", "partial").header("hx-current-url", on);
        self.ask(request.body(Body::empty()).unwrap()).await.leave
    }

    /// Sends a form with its token.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Seen {
        let session = self.cookie("haechi").or_else(|| self.cookie("__Host-haechi"));
        let token = session.and_then(|value| Some(Secret::of(value.split_once('.')?.1).form_token()));
        self.send(path, fields, &token.unwrap_or_default()).await
    }

    /// Sends a form with that token.
    pub(crate) async fn send(&self, path: &str, fields: &[(&str, &str)], token: &str) -> Seen {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair("csrf", token)
            .finish();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, "http://127.0.0.1:8480/the/page?it=was");
        self.ask(request.body(Body::from(form)).unwrap()).await
    }

    async fn ask(&self, mut request: Request<Body>) -> Seen {
        let line: Vec<String> =
            self.jar.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !line.is_empty() {
            request.headers_mut().insert(header::COOKIE, line.join("; ").parse().unwrap());
        }
        request.headers_mut().insert(
            header::USER_AGENT,
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36".parse().unwrap(),
        );
        for (name, value) in &self.headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let response = self.service.clone().oneshot(request).await.unwrap();
        for line in response.headers().get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, rest) = line.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let mut jar = self.jar.lock().unwrap();
            if line.contains("Max-Age=0") {
                jar.remove(name);
            } else {
                assert!(line.contains("; Path=/;") && line.contains("; SameSite=Lax"), "{line}");
                assert_eq!(line.contains("; Secure"), name.starts_with("__Host-"), "{line}");
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
        let status = response.status();
        let header = |name: &str| response.headers().get(name).map_or("", |value| value.to_str().unwrap()).to_owned();
        let (to, leave) = (header("location"), header("hx-redirect"));
        let body = to_bytes(response.into_body(), usize::MAX).await.unwrap();
        Seen { status, to, leave, body: String::from_utf8_lossy(&body).into_owned() }
    }

    /// Signs in with a password.
    pub(crate) async fn sign_in(&self, login: &str, password: &str) -> Seen {
        self.sign_in_to(login, password, "").await
    }

    /// Signs in with a password, to go to `next`.
    pub(crate) async fn sign_in_to(&self, login: &str, password: &str, next: &str) -> Seen {
        let fields = [("login", login), ("password", password), ("government", &self.government), ("next", next)];
        self.post("/sign-in", &fields).await
    }
}
