/**
 * The operations of the HTTP contract, a package for each subject and a class for each part of it;
 * {@code openapi.json} is the contract.
 *
 * <p>They run on workers, except where a method says otherwise, and keep no state.
 */
@NullMarked
package io.kydai.console.http.api;

import org.jspecify.annotations.NullMarked;
