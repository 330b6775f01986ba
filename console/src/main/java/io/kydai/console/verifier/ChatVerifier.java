package io.kydai.console.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.client.BoundedBody;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an OpenAI-compatible chat endpoint, such as a model's server on this machine. Redirects are
 * not followed, so that neither picture nor key goes anywhere else. The time limit covers all from
 * the connection to the end of the answer, of which {@value #MAX_ANSWER} bytes are read at most.
 */
public final class ChatVerifier implements Verifier, AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final int MAX_ANSWER = 256 * 1024;
  private static final int MAX_TOKENS = 400;

  private final VerifierConfig config;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(1, NamedThreadFactory.daemon("verifier-http"));
  private final HttpClient client;

  public ChatVerifier(VerifierConfig config) {
    this.config = config;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(config.timeout())
            .executor(executor)
            .build();
  }

  @Override
  public Remark look(Question question, byte[] jpeg)
      throws VerifierException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address(config.url()))
            .timeout(config.timeout())
            .header("Content-Type", "application/json")
            .header("User-Agent", "kydai")
            .POST(HttpRequest.BodyPublishers.ofString(body(question, jpeg), UTF_8));
    Secret key = config.apiKey();
    if (key != null) {
      request.header("Authorization", "Bearer " + key.value());
    }
    CompletableFuture<HttpResponse<byte[]>> exchange =
        client.sendAsync(request.build(), answer -> new BoundedBody(MAX_ANSWER));
    try {
      // The timeout of the request covers the headers of the answer; this one covers the body too.
      HttpResponse<byte[]> answer =
          exchange.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
      if (answer.statusCode() != 200) {
        throw failed("HTTP status " + answer.statusCode());
      }
      return RemarkText.remark(RemarkText.content(answer.body()));
    } catch (ExecutionException e) {
      // By its class only, because the message may contain the address.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failed(cause.getClass().getSimpleName());
    } catch (TimeoutException e) {
      throw failed("no answer within " + config.timeout().toMillis() + " ms");
    } finally {
      exchange.cancel(true);
    }
  }

  private static VerifierException failed(String message) {
    return new VerifierException(VerifierException.Reason.FAILED, message);
  }

  private static URI address(URI base) {
    String text = base.toString();
    return URI.create((text.endsWith("/") ? text : text + "/") + "chat/completions");
  }

  private String body(Question question, byte[] jpeg) {
    String picture = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
    Map<String, Object> body =
        Map.of(
            "model",
            config.model(),
            "temperature",
            0,
            "max_tokens",
            MAX_TOKENS,
            "stream",
            false,
            "messages",
            List.of(
                Map.of("role", "system", "content", question.task()),
                Map.of(
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of("type", "text", "text", question.about()),
                        Map.of("type", "image_url", "image_url", Map.of("url", picture))))));
    try {
      return JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a question cannot be written as JSON", e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
