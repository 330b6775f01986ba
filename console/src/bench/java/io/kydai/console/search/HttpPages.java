package io.kydai.console.search;

import io.kydai.console.http.api.DeskServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.StringJoiner;

/** Pages as a browser asks for them, one after the other, on a connection that stays open. */
final class HttpPages {
  private static final int LEVELS_OF_ONE = 9;

  private final DeskServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  HttpPages(DeskServer server) {
    this.server = server;
  }

  /** Adds the cameras with their places, and the agencies. */
  void furnish() throws Exception {
    for (int i = 0; i < QueuePages.CAMERAS; i++) {
      server
          .api
          .json(
              "POST",
              "/api/v1/cameras",
              "{\"id\": \"c%d\", \"url\": \"rtsp://127.0.0.1/\", \"place\": %s}"
                  .formatted(i, QueuePages.place(i)))
          .expect(201);
    }
    StringJoiner agencies = new StringJoiner(", ", "{\"version\": 0, \"agencies\": [", "]}");
    for (int i = 0; i < QueuePages.AGENCIES; i++) {
      int above = Math.min(i, LEVELS_OF_ONE) - 1;
      agencies.add(
          "{\"id\": \"a%d\", \"name\": \"Agency %d\"%s}"
              .formatted(i, i, above < 0 ? "" : ", \"parent\": \"a%d\"".formatted(above)));
    }
    server.api.json("PUT", "/api/v1/desk/agencies", agencies.toString()).expect(200);
  }

  /** Returns how long a page took each time, in milliseconds, sorted. */
  double[] times(String path, int times) {
    double[] all = new double[times];
    HttpRequest request =
        HttpRequest.newBuilder(server.address.resolve("/api/v1/" + path.replace("4?1", "4%3F1")))
            .header("Authorization", "Bearer " + server.token)
            .build();
    try {
      for (int i = 0; i < times; i++) {
        long begin = System.nanoTime();
        int status = client.send(request, BodyHandlers.ofByteArray()).statusCode();
        all[i] = (System.nanoTime() - begin) / 1e6;
        if (status != 200) {
          throw new IllegalStateException(path + ": HTTP status " + status);
        }
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(path, e);
    }
    Arrays.sort(all);
    return all;
  }
}
