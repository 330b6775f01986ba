package io.kydai.models.head;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The heads that a network's description can name; a new head is added by one line here. */
public enum HeadKind {
  NANODET("nanodet", (labels, queries) -> new NanoDetHead(labels)),
  NANODET_PLUS("nanodet-plus", (labels, queries) -> new NanoDetPlusHead(labels)),
  YOLOX("yolox", (labels, queries) -> new YoloxHead(labels)),
  SSD("ssd", (labels, queries) -> new SsdHead(labels)),
  CENTERNET("centernet", (labels, queries) -> new CenterNetHead(labels)),
  DETR("detr", DetrHead::new),
  DETR_END_TO_END("detr-end-to-end", DetrEndToEndHead::new),
  YOLO("yolo", (labels, queries) -> new YoloHead(labels)),
  YOLO_END_TO_END("yolo-end-to-end", YoloEndToEndHead::new);

  private interface Maker {
    DetectorHead make(List<String> labels, int queries);
  }

  private final String word;
  private final Maker maker;

  HeadKind(String word, Maker maker) {
    this.word = word;
    this.maker = maker;
  }

  /** Returns the kind that a word names; empty when there is none. */
  public static Optional<HeadKind> of(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** Returns the words of all kinds, in the order of their declaration. */
  public static List<String> words() {
    return Arrays.stream(values()).map(HeadKind::word).toList();
  }

  /** Returns the word that names the kind in a network's description, such as {@code yolo}. */
  public String word() {
    return word;
  }

  /**
   * Returns the head for a network.
   *
   * @param labels the network's classes in their order
   * @param queries the number of objects in the network's outputs, for the heads that need it
   */
  public DetectorHead head(List<String> labels, int queries) {
    return maker.make(labels, queries);
  }
}
