package import JSON

/// Why a request got no answer; each facade maps the name to its protocol's code.
package struct Failure: Error, Sendable, Hashable {
  package let name: Name
  /// What was expected, what was found, and what to do, in one or two sentences.
  package let message: String
  package let data: JSON?

  package init(_ name: Name, _ message: String, data: JSON? = nil) {
    self.name = name
    self.message = message
    self.data = data
  }

  /// The stable names of failures.
  package enum Name: String, Sendable, CaseIterable {
    case parseError
    case invalidRequest
    case methodNotFound
    case invalidParams
    case internalError
    case requestCancelled
    case modelNotFound
    case modelUnreadable
    case modelMalformed
    case modelUnsupported
    case machineUnknown
    case jobNotFound
    case jobNotFinished
    case jobTableFull
    case measurementFailed
    case insufficientMemory
    case ruleUnknown
  }
}

extension Failure.Name {
  /// The number that plain JSON-RPC carries: the reserved ones of the protocol, positive ones for the rest.
  package var code: Int {
    switch self {
    case .parseError: -32700
    case .invalidRequest: -32600
    case .methodNotFound: -32601
    case .invalidParams: -32602
    case .internalError: -32603
    case .requestCancelled: -32800
    case .modelNotFound: 1001
    case .modelUnreadable: 1002
    case .modelMalformed: 1003
    case .modelUnsupported: 1004
    case .machineUnknown: 1005
    case .jobNotFound: 1006
    case .jobNotFinished: 1007
    case .jobTableFull: 1008
    case .measurementFailed: 1009
    case .insufficientMemory: 1010
    case .ruleUnknown: 1011
    }
  }

  /// What the name means, for the error list of the discovery document.
  package var meaning: String {
    switch self {
    case .parseError: "The message is not valid JSON."
    case .invalidRequest: "The message is not a valid request."
    case .methodNotFound: "There is no method of this name."
    case .invalidParams: "The parameters do not fit the schema of the method."
    case .internalError: "Edgewise failed; the message says where."
    case .requestCancelled: "The request was cancelled by the caller."
    case .modelNotFound: "There is no such file and no such name in the catalogue."
    case .modelUnreadable: "The model file exists but cannot be read."
    case .modelMalformed: "The file is not a well-formed model; the message names the byte offset."
    case .modelUnsupported: "The model is well-formed, but this operation does not support its architecture or format."
    case .machineUnknown: "The machine is neither absent, nor a platform of the catalogue, nor a profile."
    case .jobNotFound: "There is no job of this id; finished jobs are forgotten after a while."
    case .jobNotFinished: "The job has no result yet."
    case .jobTableFull: "Too many jobs are waiting."
    case .measurementFailed: "A measurement was started but could not be completed."
    case .insufficientMemory: "The measurement needs more memory than there is."
    case .ruleUnknown: "There is no rule of this code."
    }
  }
}
