package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
  private final Contract contract = new Contract();

  @Test
  void whatTheServerAnswersAndWhatTheContractPromisesIsTheSame(@TempDir Path folder)
      throws Exception {
    try (DeskServer desk = new DeskServer(folder)) {
      assertThat(desk.server.table()).isEqualTo(contract.table());
    }
  }

  @Test
  void itIsAnOpenApi31DocumentWhoseReferencesAllLeadSomewhere() {
    assertThat(contract.document().get("openapi").asText()).startsWith("3.1.");
    List<String> references = new ArrayList<>();
    contract
        .document()
        .findValuesAsText("$ref")
        .forEach(reference -> references.add(reference.substring(1)));
    assertThat(references).isNotEmpty();
    assertThat(references)
        .allSatisfy(
            reference ->
                assertThat(contract.document().at(reference).isMissingNode())
                    .as(reference)
                    .isFalse());
  }

  @Test
  void itsSchemasAreSchemas() {
    JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    var metaSchema =
        factory.getSchema(
            com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    contract
        .document()
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                assertThat(metaSchema.validate(schema.getValue())).as(schema.getKey()).isEmpty());
  }
}
