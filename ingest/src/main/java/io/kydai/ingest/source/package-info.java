/**
 * The configuration of a camera's stream: its id, role, address, credentials and transport.
 *
 * <p>The package holds immutable values, whose {@code toString} shows no secret.
 */
@NullMarked
package io.kydai.ingest.source;

import org.jspecify.annotations.NullMarked;
