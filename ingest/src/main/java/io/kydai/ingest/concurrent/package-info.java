/**
 * How tasks run: named threads, and executors that keep an order.
 *
 * <p>Enters: tasks of any module. Leaves: the same tasks, run with the guarantees that each class
 * lists. Knows nothing of cameras, and imports no other package of Kydai.
 *
 * <p>Owns: the tasks that wait. Threads belong to whoever makes them with a {@link
 * io.kydai.ingest.concurrent.NamedThreadFactory}.
 */
@NullMarked
package io.kydai.ingest.concurrent;

import org.jspecify.annotations.NullMarked;
