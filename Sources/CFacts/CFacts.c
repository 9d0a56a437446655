#include "CFacts.h"

// One line here and one in the table below for each file.
static const unsigned char cacheFormats[] = {
#embed "../Knowledge/Facts/cacheFormats.json"
};
static const unsigned char corrections[] = {
#embed "../Knowledge/Facts/corrections.json"
};
static const unsigned char frameworks[] = {
#embed "../Knowledge/Facts/frameworks.json"
};
static const unsigned char models[] = {
#embed "../Knowledge/Facts/models.json"
};
static const unsigned char platformRows[] = {
#embed "../Knowledge/Facts/platformRows.json"
};
static const unsigned char platforms[] = {
#embed "../Knowledge/Facts/platforms.json"
};
static const unsigned char quantizations[] = {
#embed "../Knowledge/Facts/quantizations.json"
};
static const unsigned char requirements[] = {
#embed "../Knowledge/Facts/requirements.json"
};
static const unsigned char shapes[] = {
#embed "../Knowledge/Facts/shapes.json"
};
static const unsigned char symptoms[] = {
#embed "../Knowledge/Facts/symptoms.json"
};
static const unsigned char useCases[] = {
#embed "../Knowledge/Facts/useCases.json"
};
static const unsigned char workflows[] = {
#embed "../Knowledge/Facts/workflows.json"
};

const ew_fact_file* ew_fact_files(void) {
  static const ew_fact_file files[] = {
      {"cacheFormats", cacheFormats, sizeof cacheFormats},
      {"corrections", corrections, sizeof corrections},
      {"frameworks", frameworks, sizeof frameworks},
      {"models", models, sizeof models},
      {"platformRows", platformRows, sizeof platformRows},
      {"platforms", platforms, sizeof platforms},
      {"quantizations", quantizations, sizeof quantizations},
      {"requirements", requirements, sizeof requirements},
      {"shapes", shapes, sizeof shapes},
      {"symptoms", symptoms, sizeof symptoms},
      {"useCases", useCases, sizeof useCases},
      {"workflows", workflows, sizeof workflows},
      {0, 0, 0},
  };
  return files;
}
