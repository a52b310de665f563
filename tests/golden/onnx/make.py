# Writes the files of PyTorch in this folder (Debian's python3-torch 1.13): python3 make.py
import torch, torch.nn as nn, torch.nn.functional as F

torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.c1, self.b1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs)
        self.c2, self.b2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs)
        same = stride == 1 and inputs == outputs
        self.down = None if same else nn.Sequential(nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = self.b2(self.c2(F.relu(self.b1(self.c1(x)))))
        return F.relu(y + (x if self.down is None else self.down(x)))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.norm = nn.Conv2d(3, 4, 7, 2, 3, bias=False), nn.BatchNorm2d(4)
        self.blocks = nn.Sequential(Block(4, 4, 1), Block(4, 6, 2))
        self.pool, self.dense = nn.AdaptiveAvgPool2d(1), nn.Linear(6, 3)

    def forward(self, x):
        return self.dense(torch.flatten(self.pool(self.blocks(F.relu(self.norm(self.stem(x))))), 1))


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c2 = nn.Conv2d(1, 3, 5, padding=2), nn.Conv2d(3, 4, 5)
        self.f1, self.norm, self.f2, self.drop = nn.Linear(16, 6), nn.BatchNorm1d(6), nn.Linear(6, 3), nn.Dropout(0.3)

    def forward(self, x):
        x = F.max_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(F.leaky_relu(self.c2(x), 0.2), 2).view(x.size(0), -1)
        return torch.softmax(self.f2(self.drop(F.relu(self.norm(self.f1(x))))), 1)


def write(name, net, shape, **options):
    for norm in (part for part in net.modules() if isinstance(part, (nn.BatchNorm2d, nn.BatchNorm1d))):
        for numbers, least in ((norm.running_mean, -0.5), (norm.running_var, 0.5), (norm.weight.data, 0.5), (norm.bias.data, -0.5)):
            numbers.uniform_(least, least + 1)
    net.eval()
    torch.onnx.export(net, torch.rand(3, *shape), f"pytorch-{name}.onnx", input_names=["x"], output_names=["y"], **options)


rows = dict(dynamic_axes={"x": {0: "rows"}, "y": {0: "rows"}})
raw = dict(do_constant_folding=False, training=torch.onnx.TrainingMode.PRESERVE, opset_version=14, **rows)
write("lenet", LeNet(), (1, 16, 16), **raw)
write("resnet", ResNet(), (3, 16, 16), **raw)
write("lenet-folded", LeNet(), (1, 16, 16), opset_version=14, **rows)
write("lenet-opset9", LeNet(), (1, 16, 16), opset_version=9)
