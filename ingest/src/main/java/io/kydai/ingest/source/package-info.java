/**
 * What a camera is, as it is configured: its id, addresses, credentials and transport.
 *
 * <p>Immutable values. {@code toString} shows no secret.
 */
@NullMarked
package io.kydai.ingest.source;

import org.jspecify.annotations.NullMarked;
