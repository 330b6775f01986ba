/**
 * The TLS contexts of the simulator: from a certificate and key in PEM, or from a certificate that
 * it signs itself.
 *
 * <p>Input: two files, or nothing. Output: a Netty context, which belongs to the caller. The
 * package has no threads.
 */
@NullMarked
package io.kydai.ingest.simulator.tls;

import org.jspecify.annotations.NullMarked;
