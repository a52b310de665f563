// What the F# samples refer to: the library as it was built. Outside this repository, refer to the package instead:
//   #r "nuget: FunctionalStack.FSharp"
#I "../../src/FunctionalStack.FSharp/bin/Release/net10.0"
#r "FunctionalStack.Core.dll"
#r "FunctionalStack.Learners.dll"
#r "FunctionalStack.Neural.dll"
#r "FunctionalStack.IO.dll"
#r "FunctionalStack.FSharp.dll"
