/**
 * The operations of the desk: reports, incidents, claims, comments, attachments, duplicates,
 * deadlines, agencies, the desk's settings, and what reviewers' decisions say of a rule.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: reports as
 * the caller may see them, with the actions that their states allow. Owns nothing: reports belong
 * to the queue.
 */
@NullMarked
package io.kydai.console.http.api.desk;

import org.jspecify.annotations.NullMarked;
