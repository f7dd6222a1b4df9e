package dev.lockstep.client;

import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import java.time.Duration;

/** What is asked, whatever the attempt. */
sealed interface Question {

    String path();

    Duration timeout();

    /** Returns what is asked of the path, as HTTP spells it. */
    String method();

    /** Returns the request without the endpoint's headers. */
    HttpRequest.Builder request(String url);

    /** A body to be answered with JSON. */
    record Post(String path, String body, Duration timeout) implements Question {
        @Override
        public String method() {
            return "POST";
        }

        @Override
        public HttpRequest.Builder request(String url) {
            return HttpRequest.builder()
                    .method(HttpMethod.POST)
                    .url(url)
                    .addHeader("Content-Type", "application/json")
                    .body(body);
        }
    }

    /** A path to be read; what it holds may be no JSON, as metrics are. */
    record Get(String path, Duration timeout) implements Question {
        @Override
        public String method() {
            return "GET";
        }

        @Override
        public HttpRequest.Builder request(String url) {
            return HttpRequest.builder().method(HttpMethod.GET).url(url);
        }
    }

    /** A path of which only the status is wanted; LangChain4j has no word for that. */
    record Head(String path, Duration timeout) implements Question {
        @Override
        public String method() {
            return "HEAD";
        }

        @Override
        public HttpRequest.Builder request(String url) {
            return HttpRequest.builder().method(HttpMethod.GET).url(url);
        }
    }
}
