// A provider of OpenID Connect with one client and a few people, who sign in with any password.
//
//     node provider.mjs PORT CALLBACK BACK
//
// Serves http://127.0.0.1:PORT for the client `haechi` (secret `check-secret`), whose people come back to CALLBACK, and to BACK after
// signing out. Each start signs with a key of its own. Prints `listening` once it does.

import { generateKeyPairSync } from "node:crypto";
import Provider from "oidc-provider";

const [port, callback, back] = process.argv.slice(2);
const SCOPES = "openid profile email";

/** Employee numbers by log-in. `stranger` is nobody of the city's. */
const PEOPLE = { admin: "1001", clerk: "1002", auditor: "1003", stranger: "9999" };

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), use: "sig", alg: "RS256", kid: `key-${Date.now()}` };

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "haechi",
      client_secret: "check-secret",
      redirect_uris: [callback],
      post_logout_redirect_uris: [back],
      response_types: ["code"],
      grant_types: ["authorization_code"],
    },
  ],
  jwks: { keys: [key] },
  cookies: { keys: ["a key of the check"] },
  claims: { openid: ["sub"], profile: ["name", "employee_number"], email: ["email", "email_verified"] },
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true } },
  ttl: { Session: 3600, Interaction: 3600, Grant: 3600, AccessToken: 60, IdToken: 60 },
  async findAccount(_, login) {
    const claims = () => ({
      sub: `account-of-${login}`,
      name: login,
      employee_number: PEOPLE[login],
      email: `${login}@city.example`,
      email_verified: true,
    });
    return { accountId: login, claims };
  },
  // Nobody is asked whether the city's own office may know who they are.
  async loadExistingGrant(context) {
    const grant = new context.oidc.provider.Grant({ clientId: "haechi", accountId: context.oidc.session.accountId });
    grant.addOIDCScope(SCOPES);
    await grant.save();
    return grant;
  },
});

provider.listen(Number(port), "127.0.0.1", () => console.log("listening"));
