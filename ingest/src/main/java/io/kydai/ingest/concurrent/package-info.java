/**
 * Execution of tasks: named threads, and executors that keep the tasks' order.
 *
 * <p>Input: tasks of any module, which run with the guarantees that each class lists. The package
 * does not depend on any other package of Kydai.
 *
 * <p>Ownership: executors own the waiting tasks. Threads belong to the code that creates them with
 * a {@link io.kydai.ingest.concurrent.NamedThreadFactory}.
 */
@NullMarked
package io.kydai.ingest.concurrent;

import org.jspecify.annotations.NullMarked;
