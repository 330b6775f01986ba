/**
 * The log-in by an OpenID Connect provider (OpenID Connect Core 1.0, authorization code flow with
 * PKCE, RFC 7636).
 *
 * <p>Enters: the provider's answers, by way of a browser and directly. Leaves: the account of the
 * person, whose grants are those of the person's groups. Owns: the log-ins that have begun, the
 * table of the provider's people, and a client of the provider.
 */
@NullMarked
package io.kydai.console.oidc;

import org.jspecify.annotations.NullMarked;
