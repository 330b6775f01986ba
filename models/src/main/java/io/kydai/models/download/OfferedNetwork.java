package io.kydai.models.download;

import java.net.URI;

/**
 * A network that {@code scripts/get-model} can fetch.
 *
 * @param name the name on the command line and of the files, such as {@code yolox-tiny}
 * @param summary one line for the list: the network, its input size, its published accuracy
 * @param address the official address of the ONNX file
 * @param licence the licence of the weights, as an SPDX identifier
 * @param terms the address of the licence's text
 * @param sha256 the pinned SHA-256 of the file, 64 lower-case hexadecimal digits
 * @param maxBytes the largest length in bytes that is accepted: the file's own where it is known
 * @param keys the keys of the network's description without {@code file}, one on each line
 */
record OfferedNetwork(
    String name,
    String summary,
    URI address,
    String licence,
    URI terms,
    String sha256,
    long maxBytes,
    String keys) {

  /** Returns the name of the ONNX file. */
  String file() {
    return name + ".onnx";
  }

  /** Returns the network's description as docs/models.md describes it. */
  String description() {
    return "# "
        + summary
        + "\n# "
        + licence
        + ", "
        + terms
        + "\n# from "
        + address
        + "\nfile: "
        + file()
        + "\n"
        + keys;
  }
}
