/**
 * The operations on the site as a whole: health, metrics, log levels, the map's tiles, statistics,
 * webhooks, and the descriptions of rule types and templates.
 *
 * <p>Enters: calls whose parameters were checked against {@code openapi.json}. Leaves: figures and
 * descriptions of what the caller may see. Owns nothing.
 */
@NullMarked
package io.kydai.console.http.api.site;

import org.jspecify.annotations.NullMarked;
