/**
 * The API's contract, openapi.json, applied: a request is validated against it before an operation
 * sees it.
 *
 * <p>Enters: paths, parameters and bodies as they came. Leaves: an {@link
 * io.kydai.console.http.contract.ApiCall} with checked values, or a problem that names each wrong
 * field.
 */
@NullMarked
package io.kydai.console.http.contract;

import org.jspecify.annotations.NullMarked;
