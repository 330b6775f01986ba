/**
 * Files that people attach to reports, such as the photo of work that is done.
 *
 * <p>Enters: bytes of any origin. Leaves: the attachments of a report, their files beside the
 * evidence, and an entry in the audit for each.
 */
@NullMarked
package io.kydai.console.attachments;

import org.jspecify.annotations.NullMarked;
