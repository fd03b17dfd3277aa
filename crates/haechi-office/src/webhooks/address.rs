//! Where a webhook may go. Whoever may set one must not reach what only this machine reaches.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use url::{Host, Url};

/// Why an address is not taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum AddressError {
    /// No address, or one with a log-in in it.
    #[error("not an address")]
    Malformed,
    /// Not over TLS.
    #[error("only https is taken")]
    Plain,
    /// The name is not known.
    #[error("the name cannot be resolved")]
    Unknown,
    /// It leads into the own network.
    #[error("{0} is inside")]
    Inside(IpAddr),
}

/// The address, where it is one that may be set: `https`, or `http` to this machine where the configuration allows it.
pub(super) fn parse(text: &str, inside: bool) -> Result<Url, AddressError> {
    // A parser of addresses also takes `https:example.org`, capitals and white space around it; what is set is what was written.
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return Err(AddressError::Malformed);
    }
    let url = Url::parse(text).map_err(|_| AddressError::Malformed)?;
    if !url.username().is_empty() || url.password().is_some() || text.len() > 500 {
        return Err(AddressError::Malformed);
    }
    let address = match url.host().ok_or(AddressError::Malformed)? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(IpAddr::from(address)),
        Host::Ipv6(address) => Some(IpAddr::from(address)),
    };
    let is_here = address.is_some_and(|address| address.is_loopback());
    if url.scheme() != "https" && !(url.scheme() == "http" && is_here && inside) {
        return Err(AddressError::Plain);
    }
    match address {
        Some(address) if !inside && !is_outside(address) => Err(AddressError::Inside(address)),
        _ => Ok(url),
    }
}

/// The sockets behind the address, resolved once: what is checked here is what is then spoken to, whatever the name says later.
pub(super) async fn resolve(url: &Url, inside: bool) -> Result<Vec<SocketAddr>, AddressError> {
    let host = url.host_str().ok_or(AddressError::Malformed)?.trim_matches(['[', ']']);
    let port = url.port_or_known_default().ok_or(AddressError::Malformed)?;
    let found: Vec<SocketAddr> =
        tokio::net::lookup_host((host, port)).await.map_err(|_| AddressError::Unknown)?.collect();
    if found.is_empty() {
        return Err(AddressError::Unknown);
    }
    match found.iter().find(|socket| !inside && !is_outside(socket.ip())) {
        Some(socket) => Err(AddressError::Inside(socket.ip())),
        None => Ok(found),
    }
}

/// Whether an address is one of the internet.
fn is_outside(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            let is_shared = a == 100 && (64..128).contains(&b);
            let is_measured = a == 198 && (b == 18 || b == 19);
            let is_assigned = a == 192 && b == 0 && c == 0;
            !(address.is_private()
                || address.is_loopback()
                || address.is_link_local()
                || address.is_documentation()
                || is_shared
                || is_measured
                || is_assigned
                || a == 0
                // Multicast, reserved, broadcast.
                || a >= 224)
        }
        IpAddr::V6(address) => is_outside_v6(address),
    }
}

fn is_outside_v6(address: Ipv6Addr) -> bool {
    let [a, b, ..] = address.segments();
    // Only what is given out as global unicast, without documentation and without those that carry an IPv4 address in them.
    let is_global = a & 0xe000 == 0x2000;
    let is_documentation = a == 0x2001 && b == 0x0db8 || a == 0x3fff && b < 0x1000;
    let is_tunnel = a == 0x2002 || a == 0x2001 && b == 0;
    is_global && !is_documentation && !is_tunnel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inside_is_reached_unless_it_is_allowed() {
        for inside in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.0.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "::1",
            "::",
            "fc00::1",
            "fe80::1",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:0:a00::1",
            "ff02::1",
            "2001:db8::1",
        ] {
            assert!(!is_outside(inside.parse().unwrap()), "{inside}");
        }
        for outside in ["1.1.1.1", "203.248.252.2", "2606:4700:4700::1111"] {
            assert!(is_outside(outside.parse().unwrap()), "{outside}");
        }
    }

    #[test]
    fn only_https_is_taken_and_http_to_this_machine_where_it_is_allowed() {
        for (text, inside, is_taken) in [
            ("https://hooks.example/a", false, true),
            ("http://hooks.example/a", true, false),
            ("http://127.0.0.1:9/a", true, true),
            ("http://127.0.0.1:9/a", false, false),
            ("https://10.0.0.1/", false, false),
            ("https://10.0.0.1/", true, true),
            // Other ways to write 127.0.0.1.
            ("https://2130706433/", false, false),
            ("https://0x7f.1/", false, false),
            ("https://[::ffff:7f00:1]/", false, false),
            ("https://me:secret@hooks.example/", false, false),
            ("ftp://hooks.example/", true, false),
            ("hooks.example", true, false),
        ] {
            assert_eq!(parse(text, inside).is_ok(), is_taken, "{text} {inside}");
        }
    }
}
