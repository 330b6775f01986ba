package io.kydai.console.http.contract;

import io.kydai.console.http.answer.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.mediatype.ContentAnalyser;
import io.vertx.openapi.mediatype.ContentAnalyserFactory;
import io.vertx.openapi.mediatype.MediaTypeRegistration;
import io.vertx.openapi.mediatype.MediaTypeRegistry;
import io.vertx.openapi.validation.ValidationContext;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The HTTP contract, {@code openapi.json}, from which requests are routed and validated.
 *
 * @param parsed as the library has it
 */
public record ApiContract(OpenAPIContract parsed, ContractDocument document) {
  private static final int LOAD_SECONDS = 30;

  /**
   * Starts to read and check the contract, on Vert.x's workers. That is half a second of work for a
   * JVM that has just started, so a node begins with it and opens its other parts meanwhile.
   *
   * @return fails when it is no OpenAPI 3.1 contract that the library takes
   */
  public static Future<ApiContract> load(Vertx vertx, byte[] json) {
    return vertx
        .executeBlocking(() -> new ContractDocument(json))
        .compose(document -> parse(vertx, json).map(parsed -> new ApiContract(parsed, document)));
  }

  private static Future<OpenAPIContract> parse(Vertx vertx, byte[] json) {
    return vertx
        .executeBlocking(
            () -> {
              JsonObject contract = new JsonObject(Buffer.buffer(json));
              // The library takes no address of a server that is relative, and needs none.
              contract.remove("servers");
              return contract;
            })
        .compose(
            contract ->
                OpenAPIContract.builder(vertx)
                    .setContract(contract)
                    .mediaTypeRegistry(MediaTypeRegistry.createDefault().register(new Answers()))
                    .build());
  }

  /**
   * Waits for a contract that is being loaded; not to be called on an event loop.
   *
   * @throws IllegalStateException when it could not be loaded
   */
  public static ApiContract await(Future<ApiContract> loading) {
    try {
      return loading.toCompletionStage().toCompletableFuture().get(LOAD_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("openapi.json cannot be used", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Returns an operation's {@code x-permission}; empty where it has none. */
  public String permission(String path, HttpMethod method) {
    return document.permission(path, method);
  }

  /** Returns an operation's {@code x-pictures}; empty where it has none. */
  public String pictures(String path, HttpMethod method) {
    return document.pictures(path, method);
  }

  /** Returns an operation's {@code x-past}; empty where it has none. */
  public String past(String path, HttpMethod method) {
    return document.past(path, method);
  }

  /** The media types of answers and of texts, which the library has to know but never reads. */
  private static final class Answers implements MediaTypeRegistration {
    private static final List<String> TYPES =
        List.of(
            Problem.MEDIA_TYPE,
            "application/octet-stream",
            "application/openmetrics-text",
            "application/pdf",
            "application/sdp",
            "application/trickle-ice-sdpfrag",
            "application/jsonl",
            "application/yaml",
            "image/jpeg",
            "image/png",
            "image/webp",
            "text/csv",
            "video/mp4",
            "application/zip",
            "application/vnd.apple.mpegurl",
            "multipart/x-mixed-replace",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

    @Override
    public ContentAnalyser createContentAnalyser(
        String contentType, Buffer content, ValidationContext context) {
      return ContentAnalyserFactory.noop().create(contentType, content, context);
    }

    @Override
    public boolean canHandle(String mediaType) {
      return TYPES.contains(mediaType);
    }

    @Override
    public List<String> supportedTypes() {
      return TYPES;
    }
  }
}
