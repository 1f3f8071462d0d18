import GoToolchain
import Reporting

/// Describes how cores and memory are divided.
enum BudgetDescription {
    static func text(of budget: BuildBudget, on machine: HostMachine) -> String {
        let threads = "\(budget.parallelism) compiler\(budget.parallelism == 1 ? "" : "s") at a time"
        return
            "\(machine.cores) cores, \(Quantity.memory(machine.availableMemory)) free: \(budget.lanes) builds side by side, "
            + "each with \(threads), up to \(Quantity.memory(budget.share)) a process"
    }
}
