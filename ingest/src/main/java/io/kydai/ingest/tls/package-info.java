/**
 * Connections with TLS: which certificates are believed, and what a refusal says.
 *
 * <p>Enters: a camera's trust settings. Leaves: a handler for its channel. Keys and certificates
 * are heap memory; buffers belong to the channel.
 */
@NullMarked
package io.kydai.ingest.tls;

import org.jspecify.annotations.NullMarked;
