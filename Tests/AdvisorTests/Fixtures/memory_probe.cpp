// Prints what llama.cpp's buffers take, as JSON lines, for the rows of llama_cpp_memory.json.
//
//   c++ -std=c++17 memory_probe.cpp -I llama.cpp/include -I llama.cpp/src -I llama.cpp/ggml/include libllama.a libggml*.a ...
//   edgewise synthesize gemma-3-4b --sparse --output model.gguf && ./memory_probe model.gguf < settings.txt
//
// Each line of the input is one setting: context, micro batch, batch, sequences, unified, key format, value format, flash
// attention (-1 auto), full window, outputs (0 all). Nothing is allocated, so any model and context will do.
#include <iostream>
#include <sstream>
#include <string>

#include "llama-ext.h"
#include "llama.h"

static std::string text;

static ggml_type type_of(const std::string &name) {
  for (int i = 0; i < GGML_TYPE_COUNT; i++) {
    const char *known = ggml_type_name((ggml_type)i);
    if (known && name == known) return (ggml_type)i;
  }
  return GGML_TYPE_F16;
}

int main(int count, char **arguments) {
  if (count < 2) return 2;
  llama_log_set([](ggml_log_level, const char *line, void *) { text += line; }, nullptr);
  ggml_backend_load_all();
  auto options = llama_model_default_params();
  options.n_gpu_layers = 0;
  options.no_alloc = true;
  options.load_mode = LLAMA_LOAD_MODE_NONE;
  auto *model = llama_model_load_from_file(arguments[1], options);
  if (!model) return std::cerr << text << "cannot load\n", 1;
  std::string line;
  while (std::getline(std::cin, line)) {
    std::istringstream fields(line);
    int context, step, batch, sequences, unified, flash, window, outputs;
    std::string keys, values;
    if (!(fields >> context >> step >> batch >> sequences >> unified >> keys >> values >> flash >> window >> outputs))
      continue;
    auto params = llama_context_default_params();
    params.n_ctx = context;
    params.n_ubatch = step;
    params.n_batch = batch;
    params.n_seq_max = sequences;
    params.kv_unified = unified;
    params.type_k = type_of(keys);
    params.type_v = type_of(values);
    params.flash_attn_type = (llama_flash_attn_type)flash;
    params.swa_full = window;
    params.n_outputs_max = outputs;
    text.clear();
    auto *made = llama_init_from_model(model, params);
    if (!made) {
      std::cout << "{\"settings\": \"" << line << "\", \"error\": true}" << std::endl;
      continue;
    }
    size_t weights = 0, cache = 0, compute = 0;
    for (const auto &[kind, part] : llama_get_memory_breakdown(made)) {
      weights += part.model;
      cache += part.context;
      compute += part.compute;
    }
    std::cout << "{\"settings\": \"" << line << "\", \"weights\": " << weights << ", \"context\": " << cache
              << ", \"compute\": " << compute << "}" << std::endl;
    llama_free(made);
  }
  llama_model_free(model);
}
