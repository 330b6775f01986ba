package io.kydai.console.agencies;

import org.jspecify.annotations.Nullable;

/**
 * Who acts on reports.
 *
 * @param id what reports and accounts have as their agency, 1 to 200 characters
 * @param name for people, 1 to 200 characters
 * @param parent the id of the agency above it, to which late reports are escalated; null for none
 * @param delegation who acts in its place for a time; null for nobody
 */
public record Agency(
    String id, String name, @Nullable String parent, @Nullable Delegation delegation) {}
