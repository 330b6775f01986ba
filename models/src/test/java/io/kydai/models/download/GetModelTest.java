package io.kydai.models.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command against a server on this machine. */
class GetModelTest {
  private static final byte[] NETWORK = new byte[300_000];

  static {
    new Random(11).nextBytes(NETWORK);
  }

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private String answer;

  @Test
  void aNetworkIsFetchedWholeAndDescribed() throws IOException {
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
    assertThat(folder.resolve("thin.yaml"))
        .content()
        .contains("file: thin.onnx\nhead: yolox\n", "Apache-2.0, https://licence.example/");
    assertThat(out.toString(UTF_8))
        .contains("detector: {network: '" + folder.resolve("thin.yaml").toAbsolutePath() + "'}");
    assertThat(err.toString(UTF_8)).contains("licence: Apache-2.0, https://licence.example/");
    assertNoPart();
  }

  @Test
  void aDownloadThatIsCutGoesOnWhereItEnded() throws IOException {
    try (ModelServer server = new ModelServer(NETWORK).cutting(100_000, 50_000)) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
      assertThat(server.requests()).hasSizeGreaterThan(1);
      assertThat(server.requests().get(0)).isEqualTo("/model.onnx");
      assertThat(server.requests().get(1)).startsWith("/model.onnx bytes=");
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  @Test
  void whatAnEarlierRunLeftIsContinued() throws IOException {
    part(NETWORK, 123_456);
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
      assertThat(server.requests()).containsExactly("/model.onnx bytes=123456-");
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  @Test
  void whatAnEarlierRunLeftWholeIsOnlyChecked() throws IOException {
    part(NETWORK, NETWORK.length);
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  @Test
  void aServerWithoutRangesSendsItAllAgain() throws IOException {
    part(NETWORK, 123_456);
    try (ModelServer server = new ModelServer(NETWORK).withoutRanges()) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  /** The second file is shorter than the first was, and yet bytes have arrived. */
  @Test
  void aConnectionThatBeginsAgainAndIsCutHasBroughtSomething() throws IOException {
    part(NETWORK, 123_456);
    try (ModelServer server = new ModelServer(NETWORK).withoutRanges().cutting(50_000)) {
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
      assertThat(server.requests()).hasSize(2);
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  @Test
  void aConnectionThatBringsNothingEndsItAndKeepsWhatCame() throws IOException {
    part(NETWORK, 1000);
    try (ModelServer server = new ModelServer(NETWORK).cutting(0)) {
      assertThat(get(server.address("/model.onnx"))).isEqualTo(GetModel.FAILED);
    }
    assertThat(said()).contains("the connection to 127.0.0.1 failed", "after 1000 bytes");
    assertThat(folder.resolve("thin.onnx.part")).hasSize(1000);
    assertThat(folder.resolve("thin.onnx")).doesNotExist();
  }

  @Test
  void aServerThatFallsSilentIsLeftAndAskedForTheRest() throws IOException {
    Path file = folder.resolve("thin.onnx.part");
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    try (ModelServer server = new ModelServer(NETWORK).silentAfter(1000)) {
      new ResumableDownload(client, bytes -> {}, Duration.ofMillis(500))
          .fetch(server.address("/model.onnx"), file, NETWORK.length);
      assertThat(server.requests()).containsExactly("/model.onnx", "/model.onnx bytes=1000-");
    }
    assertThat(file).hasBinaryContent(NETWORK);
  }

  @Test
  void anotherFileIsDeletedAndBothHashesAreNamed() throws IOException {
    byte[] other = NETWORK.clone();
    other[7]++;
    try (ModelServer server = new ModelServer(other)) {
      assertThat(get(server.address("/model.onnx"))).isEqualTo(GetModel.FAILED);
    }
    assertThat(said())
        .contains("is not the thin that is expected: its SHA-256 is ", hash(), "was deleted");
    assertThat(folder.resolve("thin.onnx")).doesNotExist();
    assertThat(folder.resolve("thin.yaml")).doesNotExist();
    assertNoPart();
  }

  @Test
  void aMissingFileIsNamedWithItsStatus() throws IOException {
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(get(server.address("/absent"))).isEqualTo(GetModel.FAILED);
    }
    assertThat(said()).contains("/absent was answered with HTTP 404", "--file");
  }

  @Test
  void aLargerFileIsGivenUpAndDeleted() throws IOException {
    try (ModelServer server = new ModelServer(new byte[2_000_000])) {
      assertThat(get(server.address("/model.onnx"))).isEqualTo(GetModel.FAILED);
    }
    assertThat(said()).contains("more than the expected 300000 bytes", "was deleted");
    assertNoPart();
  }

  @Test
  void redirectsAreFollowedButNotForever() throws IOException {
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(get(server.address("/round"))).isEqualTo(GetModel.FAILED);
      assertThat(said()).contains("/round was redirected more than 5 times");
      assertThat(get(server.address("/elsewhere"))).isEqualTo(GetModel.FAILED);
      assertThat(said()).contains("redirected to an address that is not https");
      assertThat(get(server.address("/moved"))).isEqualTo(GetModel.DONE);
    }
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
  }

  @Test
  void theProxyOfTheEnvironmentIsUsed() throws IOException {
    try (ModelServer proxy = new ModelServer(NETWORK)) {
      environment.put("http_proxy", "http://127.0.0.1:" + proxy.port());
      // A host that has no address: the proxy alone is asked.
      URI address = URI.create("http://models.invalid/model.onnx");
      assertThat(get(address)).as(said()).isEqualTo(GetModel.DONE);
      assertThat(proxy.requests()).containsExactly("http://models.invalid/model.onnx");
    }
  }

  @Test
  void httpsIsTunnelledThroughTheProxy() throws Exception {
    try (ServerSocket proxy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> refuseOne(proxy));
      environment.put("https_proxy", "127.0.0.1:" + proxy.getLocalPort());
      assertThat(get(URI.create("https://models.invalid/model.onnx"))).isEqualTo(GetModel.FAILED);
      assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("CONNECT models.invalid:443 HTTP/1.1");
    }
  }

  private static String refuseOne(ServerSocket proxy) {
    try (Socket socket = proxy.accept();
        BufferedReader in =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8))) {
      String first = in.readLine();
      for (String line = first; line != null && !line.isEmpty(); line = in.readLine()) {
        assertThat(line).doesNotContain("\t");
      }
      socket
          .getOutputStream()
          .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n".getBytes(UTF_8));
      return first;
    } catch (IOException e) {
      return e.toString();
    }
  }

  @Test
  void aHostOfNoProxyIsReachedWithoutOne() throws IOException {
    try (ModelServer server = new ModelServer(NETWORK)) {
      environment.put("http_proxy", "http://127.0.0.1:1");
      environment.put("no_proxy", "example.org, 127.0.0.1");
      assertThat(get(server.address("/model.onnx"))).as(said()).isEqualTo(GetModel.DONE);
    }
  }

  @Test
  void aProxyThatIsNoneIsNamedWithoutItsPassword() throws IOException {
    environment.put("http_proxy", "socks9://me:secret@host");
    assertThat(get(URI.create("http://models.invalid/model.onnx"))).isEqualTo(GetModel.FAILED);
    assertThat(said()).contains("http_proxy should name a proxy").doesNotContain("secret");
  }

  @Test
  void aFileThatIsThereAlreadyIsTakenAndStays() throws IOException {
    Path file = Files.write(folder.resolve("brought.onnx"), NETWORK);
    assertThat(get(URI.create("http://models.invalid/"), "--file", file.toString()))
        .as(said())
        .isEqualTo(GetModel.DONE);
    assertThat(folder.resolve("thin.onnx")).hasBinaryContent(NETWORK);
    assertThat(folder.resolve("thin.yaml")).exists();
    assertThat(file).exists();
  }

  /** Linux shows a process's memory as a regular file, whose first page nobody can read. */
  @Test
  void aFileThatCannotBeReadIsNamedInPlaceOfTheFolder() throws IOException {
    Path memory = Path.of("/proc/self/mem");
    assumeThat(memory).isRegularFile();
    assertThat(get(URI.create("http://models.invalid/"), "--file", memory.toString()))
        .isEqualTo(GetModel.FAILED);
    assertThat(said()).contains(memory + " cannot be read").doesNotContain("written");
  }

  @Test
  void aWrongFileStaysWhereItIsAndItsCopyIsDeleted() throws IOException {
    Path file = Files.write(folder.resolve("brought.onnx"), new byte[1000]);
    assertThat(get(URI.create("http://models.invalid/"), "--file", file.toString()))
        .isEqualTo(GetModel.FAILED);
    assertThat(said()).contains("brought.onnx is not the thin that is expected");
    assertThat(file).exists();
    assertThat(folder.resolve("thin.onnx")).doesNotExist();
    assertNoPart();
  }

  @Test
  void aDownloadThatWasBrokenOffIsNotTouchedByAFile() throws IOException {
    Path part = Files.write(folder.resolve("thin.onnx.part"), new byte[500]);
    Path wrong = Files.write(folder.resolve("brought.onnx"), new byte[1000]);
    assertThat(get(URI.create("http://models.invalid/"), "--file", wrong.toString()))
        .isEqualTo(GetModel.FAILED);
    assertThat(part).hasSize(500);
    assertThat(get(URI.create("http://models.invalid/"), "--file", part.toString()))
        .isEqualTo(GetModel.FAILED);
    assertThat(part).hasSize(500);
  }

  @Test
  void aNetworkThatIsThereIsNotFetchedAgainAndAnEditedDescriptionStays() throws IOException {
    Files.write(folder.resolve("thin.onnx"), NETWORK);
    Files.writeString(folder.resolve("thin.yaml"), "edited");
    assertThat(get(URI.create("http://models.invalid/"))).as(said()).isEqualTo(GetModel.DONE);
    assertThat(folder.resolve("thin.yaml")).hasContent("edited");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "n", "maybe"})
  void withoutTheLicenceNothingIsFetched(String said) throws IOException {
    answer = said.isEmpty() ? null : said;
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(run(server.address("/model.onnx"), "thin", "--to", folder.toString()))
          .isEqualTo(GetModel.NOT_ACCEPTED);
      assertThat(server.requests()).isEmpty();
    }
    assertThat(said()).contains("the licence was not accepted", "--accept-licence");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void theLicenceMayBeAcceptedByAnAnswer() throws IOException {
    answer = "Yes";
    try (ModelServer server = new ModelServer(NETWORK)) {
      assertThat(run(server.address("/model.onnx"), "thin", "--to", folder.toString()))
          .isEqualTo(GetModel.DONE);
    }
  }

  @Test
  void aWrongCommandLineIsExplained() throws IOException {
    URI address = URI.create("http://models.invalid/");
    assertThat(run(address, "fat")).isEqualTo(GetModel.WRONG_USAGE);
    assertThat(run(address)).isEqualTo(GetModel.WRONG_USAGE);
    assertThat(run(address, "thin", "--too")).isEqualTo(GetModel.WRONG_USAGE);
    assertThat(run(address, "thin", "--to")).isEqualTo(GetModel.WRONG_USAGE);
    assertThat(said())
        .contains(
            "there is no network 'fat'; the names are thin",
            "the name of a network is expected",
            "'--too' is not understood",
            "--to expects a path");
  }

  @Test
  void theListNamesLicencesAndAddresses() throws IOException {
    assertThat(run(URI.create("https://models.example/thin.onnx"), "--list"))
        .isEqualTo(GetModel.DONE);
    assertThat(out.toString(UTF_8))
        .contains("thin ", "Apache-2.0", "https://models.example/thin.onnx");
  }

  private int get(URI address, String... more) throws IOException {
    String[] words = {"thin", "--accept-licence", "--to", folder.toString()};
    List<String> all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return run(address, all.toArray(String[]::new));
  }

  private int run(URI address, String... words) throws IOException {
    OfferedNetwork thin =
        new OfferedNetwork(
            "thin",
            "a thin one",
            address,
            "Apache-2.0",
            URI.create("https://licence.example/"),
            hash(),
            NETWORK.length,
            "head: yolox\ninput: 64x64\n");
    return new GetModel(
            new NetworkOffers(List.of(thin)),
            environment,
            new PrintStream(out, true, UTF_8),
            new PrintStream(err, true, UTF_8),
            question -> answer)
        .run(List.of(words));
  }

  private static String hash() throws IOException {
    Path file = Files.createTempFile("kydai-get-model-", ".onnx");
    try {
      return PinnedHash.of(Files.write(file, NETWORK));
    } finally {
      Files.delete(file);
    }
  }

  private void part(byte[] content, int length) throws IOException {
    Files.write(folder.resolve("thin.onnx.part"), java.util.Arrays.copyOf(content, length));
  }

  private String said() {
    return err.toString(UTF_8);
  }

  private void assertNoPart() {
    assertThat(folder.resolve("thin.onnx.part")).doesNotExist();
  }
}
