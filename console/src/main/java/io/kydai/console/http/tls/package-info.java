/**
 * The certificates with which the HTTP server speaks TLS.
 *
 * <p>Enters: PEM files of the administrator, or nothing, in which case a self-signed certificate is
 * made. Leaves: key managers for TLS, and fingerprints. A private key is in no log and no message.
 */
@NullMarked
package io.kydai.console.http.tls;

import org.jspecify.annotations.NullMarked;
