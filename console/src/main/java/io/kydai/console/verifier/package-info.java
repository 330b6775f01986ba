/**
 * The seam for a second-stage verifier: a model that looks at an alert's picture after the report
 * is there, and describes, flags and ranks it. It decides nothing, and nothing here can take a step
 * with a report.
 *
 * <p>Enters: reports that have a picture. Leaves: remarks, which are stored beside their reports
 * and shown as said by a machine; they are neither in a report's history nor in what webhooks are
 * told.
 *
 * <p>Owns: the table of remarks, a bounded queue, one thread, and the HTTP client. What a server
 * answers is untrusted: it is bounded, parsed strictly, and text only.
 */
@NullMarked
package io.kydai.console.verifier;

import org.jspecify.annotations.NullMarked;
