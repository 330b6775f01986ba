package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Track;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.detection.Box;
import io.kydai.streaming.json.ObservationJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContractTest {
  private final Contract contract = new Contract();

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

  @Test
  void theRidersOfATwoWheelerAreInTheLiveStreamWhereTheyWereToldApart() throws Exception {
    Box box = new Box(0.1f, 0.1f, 0.2f, 0.3f);
    Observation observation =
        new Observation(
            new CameraId("gate"),
            0,
            Instant.EPOCH,
            1280,
            720,
            List.of(
                new Track(1, "motorcycle", 0.5f, box, true, 0, 2),
                new Track(2, "motorcycle", 0.5f, box, true, 0)));
    JsonNode tracks =
        new ObjectMapper().readTree(ObservationJson.of(observation).text()).get("tracks");
    tracks.forEach(track -> contract.check("LiveTrack", track.toString()));
    assertThat(tracks.get(0).get("riders").asInt()).isEqualTo(2);
    assertThat(tracks.get(1).has("riders")).isFalse();
  }
}
