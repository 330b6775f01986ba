/**
 * Who asks, and whether the request may be served: session cookies and tokens become a caller, and
 * a caller's rights are held against what the contract demands of an operation.
 *
 * <p>Enters: requests' cookies and authorization headers. Leaves: a {@link
 * io.kydai.console.http.access.Requester}, or a problem with status 401 or 403. Accounts and
 * sessions belong to {@code users}.
 */
@NullMarked
package io.kydai.console.http.access;

import org.jspecify.annotations.NullMarked;
