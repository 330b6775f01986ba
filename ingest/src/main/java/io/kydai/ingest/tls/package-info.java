/**
 * TLS connections to cameras: which certificates are accepted, and the message about a refusal.
 *
 * <p>Input: a camera's trust settings. Output: a TLS context and a handler for the camera's
 * channel. Keys and certificates are heap memory; buffers belong to the channel.
 */
@NullMarked
package io.kydai.ingest.tls;

import org.jspecify.annotations.NullMarked;
