package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every answer that the contract documents was got by a test of this build. What is documented and
 * never happens is a fault of the contract; what happens and is documented needs a test.
 *
 * <p>The build runs it by itself, after the other tests have ended (execution {@code contract} of
 * {@code console/pom.xml}): what counts are the notes of this build's processes, in no order.
 */
@Tag("contract")
class ContractCoverageTest {
  @Test
  void everyDocumentedAnswerWasGot() {
    assumeTrue(System.getProperty("test") == null, "only some of the tests were asked for");
    Set<String> missing = new TreeSet<>();
    new Contract()
        .operations()
        .forEach(
            operation ->
                operation.statuses().forEach(status -> missing.add(operation.id() + " " + status)));
    assertThat(missing).hasSizeGreaterThan(400);

    missing.removeAll(ContractAnswers.seen());

    assertThat(missing).as("documented, and got by no test").isEmpty();
  }
}
